import time
from datetime import UTC, datetime, timedelta
from tests.city import City

async def test_probe(city: City) -> None:
    t = await city.take_in()
    from temporalio.client import WorkflowHandle
    for days in (0.5, 3, 3, 1.5, 7,7):
        a = time.perf_counter()
        n = len((await city.handle(t).fetch_history()).events)
        ticket = await city.skip(t, timedelta(days=days))
        b = time.perf_counter() - a
        h = await city.handle(t).fetch_history()
        ev = h.events[n:]
        print(days, round(b, 2), len(ev), ticket["next_clock"], ticket["next_due"])
        for e in ev:
            print("   ", e.event_time.ToDatetime().isoformat(), e.event_type, e.WhichOneof("attributes"))
