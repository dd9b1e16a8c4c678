"""Complaints made up from the shipped corpus: as many as wanted, none of them anybody's."""

import csv
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).parent.parent / "policy" / "corpus"
_SENTENCES = re.compile(r"[^。！？；]+[。！？；]?")
_FIRST = (
    "安宝北昌朝春翠德东方芳丰福富高古冠光广桂海和红鸿华环惠吉嘉建金锦京景静康兰乐丽"
    "隆美明南宁平青清荣瑞盛世双顺泰天通望文西祥新兴秀雅阳怡银永玉裕远云泽中紫"
)
_SECOND = "家园里苑庭府城湾轩居园寓坊巷村桥营庄台楼"
_RARE = "鑫淼焱垚犇羴骉麤龘璟琪瑄珺瑶璐琳玥瑾珂琦瑛珊珏琰"


@dataclass(frozen=True, slots=True)
class Said:
    """One complaint as it could be handed in."""

    text: str
    item: str
    district: str
    street: str


class Variations:
    """The same seed says the same."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        rows = [row for path in sorted(CORPUS.glob("*.csv")) for row in _rows(path)]
        self._rows = rows
        self._places = sorted({(row["district"], row["street"]) for row in rows if row["street"]})
        self._sentences = [sentence for row in rows for sentence in _SENTENCES.findall(row["text"])]

    def one(self) -> Said:
        """A complaint of a corpus row's item, somewhere, with sentences of others and a name of its own."""
        pick = self._random
        row = pick.choice(self._rows)
        own = _SENTENCES.findall(row["text"])
        kept = [sentence for sentence in own if pick.random() < 0.7] or own[:1]
        strange = pick.sample(self._sentences, pick.randint(1, 4))
        name = self.name()
        said = [f"{name}{pick.randint(1, 30)}号楼，", *pick.sample([*kept, *strange], len(kept) + len(strange))]
        if row["place"]:
            said = [sentence.replace(row["place"], name) for sentence in said]
        district, street = pick.choice(self._places) if pick.random() < 0.9 else ("", "")
        return Said("".join(said), row["item"], district, street)

    def again(self, said: Said) -> Said:
        """The same matter told by somebody else: some of its sentences, in another order, with others between."""
        pick = self._random
        own = _SENTENCES.findall(said.text)
        kept = [own[0], *(sentence for sentence in own[1:] if pick.random() < 0.4)]
        told = [*kept, *pick.sample(self._sentences, 2)]
        return Said("".join(pick.sample(told, len(told))), said.item, said.district, said.street)

    def name(self) -> str:
        """A housing estate that may or may not be there."""
        pick = self._random
        middle = pick.choice(_RARE) if pick.random() < 0.3 else pick.choice(_FIRST)
        return f"{pick.choice(_FIRST)}{middle}{pick.choice(_SECOND)}"

    def many(self, count: int) -> Iterator[Said]:
        """`count` complaints; one in five is about the same as one of the last thousand."""
        last: list[Said] = []
        for _ in range(count):
            said = self.again(self._random.choice(last)) if last and self._random.random() < 0.2 else self.one()
            last = [*last[-999:], said]
            yield said


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
