"""A policy folder small enough to see whole, for tests that spoil one line of it."""

from pathlib import Path

CATALOGUE = """\
code,level1,level2,level3,duty,owner,co_owner,tier,day_kind,not_dispatched,channel,words,urgent_words
010101,物业管理,物业服务,楼道照明,street,,D-ZJW,7d,elapsed,,,灯;黑,
010102,物业管理,物业服务,维修资金,department,D-ZJW,,15d,working_days,,,维修资金,
020101,供水,供水中断,突发停水,enterprise,E-ZLS,,24h,hours,,,停水;没水,全楼
030101,警情,紧急警情,火灾,none,,,7d,elapsed,transferred,119,着火,着火
"""

UNITS = """\
code,kind,name,parent,district,around_clock,family
M-GOV,municipality,市人民政府,,,true,
M-BUREAU,bureau,市政务服务局,M-GOV,,false,
M-HOTLINE,centre,市民热线服务中心,M-BUREAU,,true,
110101,district,东城区,M-GOV,110101,false,district
110101001,street,东华门街道,110101,110101,false,street
D-ZJW,department,市住房城乡建设委,M-GOV,,false,department
E-ZLS,enterprise,市自来水集团,M-GOV,,true,enterprise
"""

CHANNELS = """\
code,kind,name
phone,phone,12345电话
wechat,network,微信公众号
merged_hotline,merged_hotline,归并热线转入
H-12315,origin,12315消费者投诉举报热线
"""

LIMITS: str = """\
reminder_percents = [50, 80]
cohandler_percent = 67
rework_percent = 50
objection_decision = "1wd"
upheld_objections = 2
extension_decision = "1wd"
report_in = "1wd"
opinion = "2wd"
consultation = "1wd"
designation = "1wd"
settlement = "3wd"
approval = "1wd"
raise_at_repeats = 3
raise_at_joined = 10
confirm_below = 800
basically_satisfied_weight = 90
composite_weights = [10, 50, 40]

[tiers.2h]
handling = "2h"
sign_in = "30m"
contact = "30m"
dispatch = "1h"
extensions = 0
day_before_reminder = false

[tiers.24h]
handling = "24h"
sign_in = "2sh"
contact = "2h"
dispatch = "2h"
objection = "4h"
extensions = 2
extension = "24h"
day_before_reminder = false

[tiers.7d]
handling = "7d"
sign_in = "2sh"
contact = "24h"
dispatch = "24h"
objection = "1wd"
extensions = 2
extension = "10wd"
day_before_reminder = true

[tiers.15d]
handling = "15d"
sign_in = "2sh"
contact = "24h"
dispatch = "24h"
objection = "1wd"
extensions = 2
extension = "10wd"
day_before_reminder = true

[callback]
on_expiry = true
attempts = 3
hours = [10:00:00, 15:00:00, 19:00:00]
window = "2h"
form = "3d"

[service_hours]
opens = 09:00:00
closes = 18:00:00
days_end_at_close = false

[words]
stability = ["聚集"]
sensitive = ["伤亡"]
group = ["联名"]

[attachments]
voice = 200
picture = 20
video = 500
text = 10

[retention]
closed_days = 1095

[classifier]
alarm_at = 150
[nearness]
same_matter = 460
same_event = 500
possible = 250
matter_days = 180
event_days = 30

[knowledge]
answer_from = 550
warning_days = 14
press_days = 7
review_days = 400

[missed_calls]
within_minutes = 120
urgent_within_minutes = 30
attempts = 2
hours = [09:00:00, 18:00:00]
window_minutes = 60
press_minutes = 240
"""

CALENDAR = """\
year = 2026
status = "published"
source = "通知"

[[day]]
date = 2026-10-01
kind = "off"
name = "国庆节"

[[day]]
date = 2026-10-10
kind = "make_up"
name = "国庆节"
"""

FILES = {
    "catalogue/2026-01-01.csv": CATALOGUE,
    "units/2026-01-01.csv": UNITS,
    "channels/2026-01-01.csv": CHANNELS,
    "limits/2026-01-01.toml": LIMITS,
    "calendar/2026.toml": CALENDAR,
}


def write_policy(folder: Path) -> None:
    """Lay the small policy out in `folder`."""
    for file, text in FILES.items():
        put(folder, file, text)


def put(folder: Path, file: str, text: str) -> None:
    """Write one file of a policy folder."""
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def spoil(folder: Path, file: str, good: str, bad: str) -> None:
    """Change the one place in a file that reads `good`."""
    text = FILES[file]
    assert text.count(good) == 1, f"{good!r} stands {text.count(good)} times in {file}"
    put(folder, file, text.replace(good, bad))
