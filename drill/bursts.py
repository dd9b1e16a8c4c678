"""Nothing breaks, and much comes at once, most of it from one district: what is said is accepted all the same, urgent
complaints overtake the others, and the hotline is as before when it is over."""

import asyncio
import time
from collections import Counter

import asyncpg

from drill.client import CUT, LOOKED
from drill.ground import STREETS
from drill.scene import Scene

_CALM, *_BURSTS = 1.0, 35.0, 100.0
"""Complaints a second."""
_STORMED = 0.8
"""The share of all complaints that comes from one street."""
_WAITED = """
SELECT CASE WHEN c.urgent THEN 'urgent' WHEN t.district = $3 THEN 'stormed' ELSE 'calm' END AS who, count(*),
    percentile_cont(0.99) WITHIN GROUP (ORDER BY extract(epoch FROM j.recorded_at - t.received_at)) AS p99
FROM tickets t JOIN complaints c USING (ticket_no) JOIN journal j ON j.ticket_no = t.ticket_no AND j.kind = 'Dispatched'
WHERE t.received_at BETWEEN $1 AND $2 GROUP BY who
"""
_URGENT_WITHIN = 10.0
"""Seconds in which an urgent complaint is on its unit's desk, in 99 of 100 cases; in districts without a storm an
ordinary one too, or in half the time of the one with it."""
_CALM_AGAIN_WITHIN = 900.0
"""Seconds after the last burst in which everything has been brought to its complaint."""
_GLANCE = 1.0
_NOT_BROUGHT = """
SELECT (SELECT count(*) FROM inbox WHERE acknowledged_at IS NULL AND received_at <= $1)
    + (SELECT count(*) FROM tickets WHERE seq = 0 AND received_at <= $1)
"""


async def bursts(scene: Scene) -> None:
    """1 → 35 → 1 → 100 → 1 a second, by nobody's leave: no errors, and no hand that helps."""
    connection = await asyncpg.connect(scene.ground.database_url)
    since = await connection.fetchval("SELECT now()")
    before, looks = Counter(scene.client.answers), Counter(scene.client.looks)
    seconds = scene.form.seconds(3, 60)
    scene.load.change(stormed=_STORMED)
    for per_s in _BURSTS:
        for pace in (_CALM, per_s):
            scene.load.change(intakes_per_s=pace)
            scene.fault(f"{pace:.0f} complaints a second for {seconds:.0f} s")
            await asyncio.sleep(seconds)
    scene.load.change(intakes_per_s=_CALM)
    began = time.monotonic()
    scene.figures["load_behind_s"] = round(scene.load.behind, 1)
    while scene.load.behind > _GLANCE:  # noqa: ASYNC110 - what the bursts owe has to leave first
        await asyncio.sleep(0.2)
    until = await connection.fetchval("SELECT now()")
    left = scene.figures["left_after_last_burst"] = await connection.fetchval(_NOT_BROUGHT, until)
    while left and time.monotonic() < began + _CALM_AGAIN_WITHIN:
        await asyncio.sleep(0.5)
        left = await connection.fetchval(_NOT_BROUGHT, until)
    scene.figures["calm_again_after_s"] = round(time.monotonic() - began, 1)
    scene.expect(not left, f"{left} complaints and commands still wait after {_CALM_AGAIN_WITHIN:.0f} s")
    for answer, times in (scene.client.answers - before).items():
        scene.expect(answer != CUT and answer[0] == "2", f"{times} requests were answered: {answer}")
    for answer, times in (scene.client.looks - looks).items():
        scene.expect(answer == LOOKED, f"{times} looks were answered: {answer}")
    for row in await connection.fetch(_WAITED, since, until, STREETS[0][:6]):
        scene.figures |= {f"{row['who']}_dispatched": row["count"], f"{row['who']}_p99_s": round(row["p99"], 1)}
    await connection.close()
    urgent, stormed, calm = (scene.figures.get(f"{who}_p99_s") for who in ("urgent", "stormed", "calm"))
    scene.expect(None not in (urgent, stormed, calm), "not of each kind a complaint was dispatched to be judged")
    if urgent is not None and stormed is not None and calm is not None:
        scene.expect(urgent <= _URGENT_WITHIN, f"urgent complaints waited {urgent:.1f} s to be dispatched (p99)")
        fair = calm <= max(stormed / 2, _URGENT_WITHIN)
        scene.expect(fair, f"calm districts waited {calm:.1f} s, the one with the storm {stormed:.1f} s (p99)")
