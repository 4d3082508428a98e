"""Every message there is, said in Korean and in English."""

import re

import pytest
from django.utils import timezone, translation

from madang.ground.models import Account, Place
from madang.notices.kinds import FAMILIES, message_of, messages
from madang.notices.models import Notice
from madang.notices.sentences import said

KINDS = sorted(messages())
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def hangul(text):
    return [letter for letter in text if "가" <= letter <= "힣"]


def asked(kind):
    """The facts a message asks for, by its Korean words."""
    with translation.override("ko"):
        words = message_of(kind)
        return set(PLACEHOLDER.findall(f"{words.title} {words.body}"))


def notice(kind, **facts):
    return Notice(kind=kind, facts=facts, place=Place(), account=Account(), at=timezone.now(), key="k")


def test_there_are_messages_of_every_area():
    assert {"proposals", "ballots", "projects", "comments", "processes"} <= {m.family for m in messages().values()}
    assert len(KINDS) > 20


@pytest.mark.parametrize("kind", KINDS)
class TestEveryMessage:
    def test_in_korean(self, kind):
        facts = {name: f"[{name}]" for name in asked(kind)}
        with translation.override("ko"):
            words = said(notice(kind, **facts))
        assert hangul(words.title)
        whole = f"{words.title} {words.body}"
        assert [name for name in facts if f"[{name}]" not in whole] == []
        assert "%" not in whole

    def test_in_english_with_the_same_facts_and_no_korean(self, kind):
        facts = {name: f"[{name}]" for name in asked(kind)}
        with translation.override("en"):
            words = said(notice(kind, **facts))
        whole = f"{words.title} {words.body}"
        assert not hangul(whole)
        assert re.search("[a-z]", words.title)
        assert [name for name in facts if f"[{name}]" not in whole] == []
        assert bool(words.body) is bool(message_of(kind).body)
        assert "–" not in whole

    def test_an_old_notice_without_its_facts_still_opens(self, kind):
        for language in ("ko", "en"):
            with translation.override(language):
                words = said(notice(kind))
            assert words.title
            assert ("–" in f"{words.title} {words.body}") is bool(asked(kind))

    def test_facts_are_never_read_as_placeholders(self, kind):
        facts = dict.fromkeys(asked(kind), "100% %(title)s %s")
        words = said(notice(kind, **facts))
        assert f"{words.title} {words.body}".count("100% %(title)s %s") >= len(facts)


def test_a_kind_nobody_declares_any_more_shows_its_name():
    assert said(notice("gone.long_ago", title="제목")).title == "gone.long_ago"
    with pytest.raises(KeyError):
        message_of("gone.long_ago")


def test_families_have_names_in_both_languages():
    for name in FAMILIES.values():
        with translation.override("en"):
            assert not hangul(str(name))
        with translation.override("ko"):
            assert hangul(str(name))
