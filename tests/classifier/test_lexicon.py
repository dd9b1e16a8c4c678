from classifier.lexicon import Lexicon, Mention, heads_of


def test_every_mention_is_found_overlapping_ones_too_the_longest_first() -> None:
    found = Lexicon(["井盖", "井盖丢", "盖丢", "井"]).find("井盖丢了井")
    assert found == [Mention("井盖丢", 0), Mention("井盖", 0), Mention("井", 0), Mention("盖丢", 1), Mention("井", 4)]


def test_the_longest_mentions_from_the_left_do_not_overlap() -> None:
    found = Lexicon(["朝阳", "朝阳门", "门外"]).longest("朝阳门外朝阳")
    assert found == [Mention("朝阳门", 0), Mention("朝阳", 4)]


def test_nothing_is_found_in_nothing() -> None:
    assert Lexicon(["井"]).find("") == []
    assert Lexicon([]).find("井盖") == []


def test_with_the_heads_of_a_longer_text_the_same_is_found() -> None:
    words = Lexicon(["井盖", "盖丢", "井", "路灯", "灯"])
    assert words.find("井盖丢了", heads_of("井盖丢了，路灯不亮")) == words.find("井盖丢了")
