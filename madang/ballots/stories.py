"""A count told to people: why each item was chosen or not, and the count line by line."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from madang.ballots.models import Tally


def reasons(tally: Tally) -> dict[int, str]:
    """Item number -> the reason of its fate in one sentence."""
    sentences = {
        "funded": _("표가 많은 차례에 남은 예산으로 할 수 있었어요."),
        "completed": _("몫을 다 쓴 뒤 남은 예산으로 할 수 있었어요."),
        "bought": _("고른 %(supporters)s명이 %(pays)s원씩 내서 할 수 있었어요."),
        "carried": _("고른 %(supporters)s명이 %(pays)s원씩 나누어 지는 차례에 남은 예산으로 할 수 있었어요."),
        "in_best_set": _("표의 합이 가장 큰 묶음에 들었어요."),
        "turn_too_large": _("차례가 왔을 때 남은 예산 %(left)s원보다 비싸서 셈이 끝났어요."),
        "too_large_skipped": _("차례가 왔을 때 남은 예산 %(left)s원보다 비싸서 다음 사업을 봤어요."),
        "too_large_stopped": _("차례가 왔을 때 남은 예산 %(left)s원보다 비싸서 셈을 멈췄어요."),
        "below_threshold": _("표를 받지 못했어요."),
    }
    found = {int(facts["id"]): sentences[code] % _said(facts) for code, facts in tally.story if code in sentences}
    others = {
        "equal_shares": _("고른 사람들의 몫을 모아도 모자랐어요."),
        "phragmen": _("차례가 오기 전에 셈이 끝났어요."),
        "best_total": _("표의 합이 가장 큰 묶음에 들지 못했어요."),
    }
    other = others.get(tally.rule.get("name", ""), _("앞에서 셈이 끝났어요."))
    voted = {int(number) for number, votes in tally.votes.items() if votes}
    return {int(number): other if int(number) in voted else sentences["below_threshold"] for number in tally.votes} | found


def story(tally: Tally) -> Iterator[str]:
    """The count told line by line, in the reader's language."""
    titles = {str(i.number): f"{i.number}. {i.title}" for i in tally.ballot.items.all()}
    by = {
        "cost": _("돈이 적게 드는 차례로"),
        "lot": _("잠가 두었던 씨앗으로 추첨해서"),
        "name": _("번호 차례로"),
        "votes": _("표가 많은 차례로"),
    }
    sentences = {
        "papers": _("표 %(received)s장을 열었습니다. 셀 수 있는 표는 %(valid)s장입니다."),
        "invalid_ballots": _("셀 수 없는 표가 %(number)s장 있었습니다."),
        "opened": _("사업 %(projects)s개, 예산 %(budget)s원으로 셉니다."),
        "tied": _("%(votes)s표로 같은 %(titles)s: %(by)s 차례를 정했습니다."),
        "share": _("한 사람의 몫은 %(first)s원입니다."),
        "share_grown": _(
            "한 사람의 몫을 %(first)s원에서 시작해 %(runs)s번 셌습니다. 예산을 넘지 않은 마지막 몫은 %(last)s원이고, 그 결과를 씁니다."
        ),
        "bought": _("%(title)s: 고른 %(supporters)s명이 %(pays)s원씩 내어 %(cost)s원. 하기로 했습니다. 남은 예산 %(left)s원."),
        "completed": _("남은 예산으로 %(title)s: %(votes)s표, %(cost)s원. 하기로 했습니다. 남은 돈 %(left)s원."),
        "carried": _("%(title)s: 고른 %(supporters)s명이 %(pays)s원씩 나누어 져 %(cost)s원. 하기로 했습니다. 남은 돈 %(left)s원."),
        "turn_too_large": _("%(title)s: 차례가 왔지만 %(cost)s원이 남은 돈 %(left)s원보다 많아 셈을 끝냈습니다."),
        "in_best_set": _("%(title)s: %(votes)s표, %(cost)s원. 가장 큰 묶음에 들었습니다. 남은 돈 %(left)s원."),
        "funded": _("%(title)s: %(votes)s표, %(cost)s원. 하기로 했습니다. 남은 돈 %(left)s원."),
        "too_large_skipped": _("%(title)s: %(votes)s표, %(cost)s원. 남은 돈 %(left)s원보다 비싸서 다음 사업을 보았습니다."),
        "too_large_stopped": _("%(title)s: %(votes)s표, %(cost)s원. 남은 돈 %(left)s원보다 비싸서 셈을 멈췄습니다."),
        "below_threshold": _("%(title)s: 표를 받지 못해 뽑지 않았습니다."),
        "closed": _("%(funded)s건에 %(spent)s원을 쓰고 %(left)s원이 남았습니다."),
    }
    for code, facts in tally.story:
        words = _said(facts)
        if "id" in facts:
            words["title"] = titles.get(str(facts["id"]), str(facts["id"]))
        if "ids" in facts:
            words["titles"] = ", ".join(titles.get(str(i), str(i)) for i in facts["ids"])
            words["by"] = by.get(facts.get("by", ""), "")
        yield sentences[code] % words


def _said(facts: dict[str, object]) -> dict[str, str]:
    return {name: f"{value:,}" if isinstance(value, int) else str(value) for name, value in facts.items()}
