"""The five kinds of a complaint (R1) and the words that people use for each."""

from classifier.wording import words_of

CUES: dict[str, tuple[str, ...]] = {
    "consultation": words_of(
        "咨询 请问 想问 问一下 怎么办理 如何办理 怎么办 需要什么材料 什么条件 什么时候 是否可以 "
        "能不能 有没有 流程 政策 在哪儿办 在哪里 哪个部门 想了解 查询 标准是多少 可以吗 "
        "了解一下 多少钱 几点"
    ),
    "help": words_of(
        "求助 帮帮 帮忙 帮助 麻烦 希望解决 尽快解决 尽快处理 请求 救救 着急 赶紧派人 联系一下 "
        "没人管 修一下 维修 恢复 协调 怎么弄 走投无路 困难 被困"
    ),
    "complaint": words_of(
        "投诉 态度差 态度恶劣 乱收费 不作为 推诿 扰民 不满 太不像话 拒绝 不退 霸王 敷衍 "
        "说话不算数 多次反映 一直没解决 欺骗 坑人 服务差 不合理"
    ),
    "report": words_of(
        "举报 违法 违规 非法 无证 无照 偷排 偷偷 私自 私搭乱建 黑车 黑作坊 假冒 偷税 涉嫌 "
        "查处 查一下 倒卖 贿赂 贩卖 赌博 传销"
    ),
    "suggestion": words_of(
        "建议 提个建议 希望增设 希望增加 能否增加 应该增设 倡议 提议 合理化 优化 改进 "
        "能不能改成 最好能 增设 不如 推广 借鉴 设置一个 考虑一下"
    ),
}
"""Ordinary words that speak for a kind, best-known first; the model weighs them against labelled texts."""

KINDS: tuple[str, ...] = tuple(CUES)

NAMES: dict[str, str] = {
    "consultation": "咨询",
    "help": "求助",
    "complaint": "投诉",
    "report": "举报",
    "suggestion": "建议",
}
"""Each kind's name for readers."""
