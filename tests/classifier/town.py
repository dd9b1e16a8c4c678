"""A small town for the classifier's tests: eight items, two districts, a few ways to complain."""

from classifier import Item, LabelledText, Place
from classifier.thresholds import Thresholds

THRESHOLDS = Thresholds(sure=0.8, alarm=0.15)
"""As the shipped policy has them."""

ITEMS = (
    Item("01", "供热", "供热质量", "暖气不热", ("暖气不热", "室温", "供暖"), (), "24h"),
    Item("02", "供热", "供热质量", "暖气漏水", ("暖气漏水", "管子漏"), (), "24h"),
    Item("03", "市容", "施工", "夜间施工噪声", ("夜间施工", "工地噪声", "半夜施工"), (), "7d"),
    Item("04", "市容", "市容秩序", "井盖缺失", ("井盖", "没井盖"), ("掉井里",), "2h"),
    Item("05", "供气", "供气安全", "燃气泄漏", ("煤气味", "燃气泄漏"), ("泄漏", "煤气味"), "2h"),
    Item("06", "交通", "停车", "违法停车", ("违停", "乱停车"), (), "7d"),
    Item("07", "社保", "医保", "医保报销", ("医保", "报销"), (), "15d"),
    Item("08", "应急", "紧急警情", "火灾与救援", ("着火",), ("着火",), "7d", "transferred"),
)

PLACES = (
    Place("110105", "朝阳区", "110105"),
    Place("110108", "海淀区", "110108"),
    Place("110114", "昌平区", "110114"),
    Place("110105001", "八里庄街道", "110105"),
    Place("110108001", "八里庄街道", "110108"),
    Place("110105002", "望京街道", "110105"),
    Place("110105003", "平房地区", "110105"),
    Place("110108002", "海淀街道", "110108"),
    Place("110114001", "天通苑北街道", "110114"),
    Place("110114002", "天通苑南街道", "110114"),
    Place("BDA", "北京经济技术开发区", "BDA"),
)

_SAYINGS = {
    "01": ("屋里只有十五度", "暖气片摸着冰凉", "交了采暖费还是冷", "老人冻得盖两床被", "家里温度上不去"),
    "02": ("暖气片滋水了", "暖气接头往下滴水", "地板全泡了是暖气的水", "暖气阀门关不住水", "暖气管子渗水"),
    "03": ("半夜三点还在打桩", "工地夜里吵得睡不着", "凌晨浇筑混凝土轰隆", "后半夜渣土车轰鸣", "夜里切割钢筋"),
    "04": ("路口的盖子丢了一个窟窿", "马路上井口敞着", "下水井没有盖子", "井圈塌了盖子歪着", "人行道井口张着嘴"),
    "05": ("厨房有股臭鸡蛋味", "楼道里一股煤气味", "燃气表那里嘶嘶响有味", "灶具旁味道呛人像煤气", "报警器响了有气味"),
    "06": ("车停在人行道上", "小区门口乱停的车堵路", "公交站全是私家车", "盲道上停满车", "路口拐弯处总停车"),
    "07": ("异地看病怎么报销", "医保卡丢了怎么补", "住院费能报多少", "门诊起付线是多少", "生育费用怎么报医保"),
    "08": ("楼上着火了冒浓烟", "仓库烧起来了", "厨房起火快来救", "草堆着火了", "电动车烧着了"),
}
_KINDS = {"01": "complaint", "03": "complaint", "05": "help", "06": "report", "07": "consultation"}
_ENDINGS = ("没有人管", "请尽快处理", "打了好几次电话", "谢谢")


def texts(*, personal: bool = False) -> list[LabelledText]:
    """Five sayings an item, each with an ending: forty labelled texts."""
    return [
        LabelledText(f"{saying}，{_ENDINGS[turn % 4]}", item, _KINDS.get(item, "help"), personal=personal)
        for item, sayings in _SAYINGS.items()
        for turn, saying in enumerate(sayings)
    ]
