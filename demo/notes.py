"""What the cast writes down when it acts, by action."""

NOTES = {
    "progress": "已到现场查看，正在协调处理。",
    "objection": "经核实，该事项不在我单位职责或辖区范围内。",
    "extension-request": "涉及多家单位，需要更多时间。",
    "co-handling-report": "我单位负责部分已处理完毕。",
    "escalation": "本单位协调不动，报请协调。",
    "opinion": "请主办单位抓紧办理，按时反馈。",
    "objection-decision": "依据职责清单裁定。",
    "report-done": "已处理完毕并告知诉求人。",
    "supplement": "补充一点：问题昨天又出现了。",
    "consultation": "职责交叉，请各方会商。",
    "consultation-statement": "我单位意见如下。",
    "consultation-decision": "会商纪要：按此分工办理。",
    "settlement": "已与消费者沟通。",
    "separation": "经核实并非同一事项。",
    "termination-request": "问题已经消失，请予终止。",
    "approval": "情况属实。",
    "supervision": "请抓紧办理。",
    "risk-report": "来电人情绪激动。",
    "dissuasion": "多次辱骂坐席。",
}
