"""The ways of counting an officer can choose, as rules that are published with the notice and can be run by anybody."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from madang.methods.voting.limits import Limits
from madang.methods.voting.rules import Rule
from madang.methods.voting.ties import CHEAPEST_THEN_LOT

if TYPE_CHECKING:
    from madang.ballots.models import Ballot

LEAST_VOTES = 1  # what nobody picked is not done, however cheap
# Steps of growing shares: with one won a step, a budget of a billion would take tens of thousands of counts (docs/methods/equal-shares.md).
STEP = "0.1%"


@dataclass(frozen=True)
class Way:
    """A way of counting in words: its name, what it does in one sentence for residents, what to weigh before choosing it, and the rule.

    `skips` says whether the setting "pass over what does not fit" means anything to it."""

    name: Any
    does: Any
    weigh: Any
    make: Callable[[bool], Rule]
    skips: bool = False


def _limits() -> Limits:
    return Limits(threshold=LEAST_VOTES)


WAYS: dict[str, Way] = {
    "greedy_votes": Way(
        _("표가 많은 사업부터 예산 안에서"),
        _("표가 많은 차례로 남은 돈에 맞으면 뽑아요."),
        _("가장 알기 쉬워요. 큰 무리가 고른 비싼 사업이 예산을 다 쓰면 작은 무리가 고른 것은 하나도 되지 않을 수 있어요."),
        lambda skip: Rule("greedy", skip=skip, ties=CHEAPEST_THEN_LOT, limits=_limits()),
        skips=True,
    ),
    "greedy_value": Way(
        _("돈에 견주어 표가 많은 사업부터"),
        _("1원마다 받은 표가 많은 차례로 남은 돈에 맞으면 뽑아요."),
        _("작은 사업이 여럿 돼요. 비싸지만 많은 사람이 바라는 사업은 뒤로 밀려요."),
        lambda skip: Rule("greedy", utility="cardinality", skip=skip, ties=CHEAPEST_THEN_LOT, limits=_limits()),
        skips=True,
    ),
    "equal_shares": Way(
        _("모두 같은 몫으로(동등한 몫)"),
        _("투표한 사람 모두에게 예산을 똑같이 나누고, 고른 사람들의 몫을 모아 낼 수 있는 사업을 뽑아요."),
        _("작은 무리도 그 수만큼 사업을 얻어요. 표가 가장 많은 사업이 뽑히지 않을 수 있어 까닭을 미리 알려야 해요."),
        lambda skip: Rule("equal_shares", completion="add1u", step=STEP, ties=CHEAPEST_THEN_LOT, limits=_limits()),
    ),
    "phragmen": Way(
        _("짐을 고르게 나누어(프라그멘)"),
        _("사업의 돈을 고른 사람들이 나누어 진다고 보고, 가장 무거운 짐이 가장 가벼운 사업부터 뽑아요."),
        _("비례를 지키면서 차례가 한 줄로 나와요. 차례가 온 사업이 예산에 맞지 않으면 거기서 끝나요."),
        lambda skip: Rule("phragmen", ties=CHEAPEST_THEN_LOT, limits=_limits()),
    ),
    "best_total": Way(
        _("표의 합이 가장 큰 묶음"),
        _("예산으로 할 수 있는 묶음 가운데 표를 모두 더한 것이 가장 큰 묶음을 뽑아요."),
        _("예산을 가장 알뜰히 써요. 한 사업의 돈이 조금만 달라져도 묶음이 크게 달라질 수 있어요."),
        lambda skip: Rule("best_total", ties=CHEAPEST_THEN_LOT, limits=_limits()),
    ),
}


def rule_of(ballot: "Ballot") -> Rule:
    """The rule of a ballot as its notice froze it."""
    return WAYS[ballot.rule].make(ballot.skips_too_large)


def command_of(rule: Rule, file: str, seed: str) -> str:
    """The line with which anybody counts a downloaded .pb file by the same rule."""
    flags = [f"--rule {rule.name}"]
    if rule.name in ("greedy", "equal_shares"):
        flags.append(f"--utility {rule.utility}")
    if rule.completion != "none":
        flags.append(f"--completion {rule.completion} --step {rule.step}")
    if not rule.skip:
        flags.append("--stop")
    flags.append(f"--threshold {rule.limits.threshold} --ties {','.join(rule.ties)}")
    if "lot" in rule.ties:
        flags.append(f"--seed {seed}")
    return f"python -m madang.methods.count {file} {' '.join(flags)} --explain"


def weighed() -> dict[str, str]:
    """Code -> what to weigh before choosing it, for the form's second lines."""
    return {code: f"{way.does} {way.weigh}" for code, way in WAYS.items()}
