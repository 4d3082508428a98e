"""A count's story in sentences, Korean and English, for the command line. The site has words of its own, in its catalogue."""

from collections.abc import Iterator, Mapping
from typing import Literal

from madang.methods.stories import Line
from madang.methods.voting.outcome import Outcome

Language = Literal["ko", "en"]

WORDS: dict[str, tuple[str, str]] = {
    "opened": ("{projects}개 사업, {voters}명의 표, 예산 {budget}.", "{projects} projects, {voters} voters, a budget of {budget}."),
    "papers": ("표 {received}장, 셀 수 있는 표 {valid}장.", "{received} ballots received, {valid} valid."),
    "invalid_ballots": ("셀 수 없는 표 {number}장({reason}).", "{number} invalid ballots ({reason})."),
    "tied": ("{votes}표로 같은 사업 {names}: {by} 차례.", "Equal at {votes}: {names}, ordered by {by}."),
    "share": ("한 사람 몫은 {first}.", "Everybody holds {first}."),
    "share_grown": (
        "한 사람 몫을 {first}부터 {last}까지 {runs}번 늘려 보았습니다. 예산 안에 든 마지막 결과를 씁니다.",
        "Shares were grown from {first} to {last} in {runs} runs; the last outcome within the budget holds.",
    ),
    "bought": (
        "{order}. {name}: {supporters}명이 {pays}씩 내서 {cost}. 가진 것을 다 낸 사람 {emptied}명. 남은 예산 {left}.",
        "{order}. {name}: {supporters} voters pay {pays} each for {cost}; {emptied} gave all they had. {left} left.",
    ),
    "carried": (
        "{order}. {name}: {supporters}명이 {pays}씩 짊어져 {cost}. 남은 예산 {left}.",
        "{order}. {name}: {supporters} voters carry {pays} each for {cost}. {left} left.",
    ),
    "turn_too_large": (
        "{order}. {name} 차례인데 {cost}이 남은 {left}보다 많아 여기서 끝납니다.",
        "{order}. It is the turn of {name}, but {cost} is more than the {left} left: the count ends here.",
    ),
    "funded": ("{order}. {name}: {votes}표, {cost}. 남은 예산 {left}.", "{order}. {name}: {votes} votes, {cost}. {left} left."),
    "completed": (
        "남은 돈으로 {name}: {votes}표, {cost}. 남은 예산 {left}.",
        "With what was left, {name}: {votes} votes, {cost}. {left} left.",
    ),
    "in_best_set": ("{order}. {name}: {votes}표, {cost}. 남은 예산 {left}.", "{order}. {name}: {votes} votes, {cost}. {left} left."),
    "below_threshold": (
        "{order}. {name}: {votes}표. 기준 {threshold}표에 모자라 뽑지 않습니다.",
        "{order}. {name}: {votes} votes, fewer than the {threshold} needed.",
    ),
    "too_large_skipped": (
        "{order}. {name}: {votes}표. {cost}이 남은 {left}보다 많아 건너뜁니다.",
        "{order}. {name}: {votes} votes. {cost} is more than the {left} left: passed over.",
    ),
    "too_large_stopped": (
        "{order}. {name}: {votes}표. {cost}이 남은 {left}보다 많아 여기서 끝납니다.",
        "{order}. {name}: {votes} votes. {cost} is more than the {left} left: the count ends here.",
    ),
    "not_among_first": ("{order}. {name}: {votes}표. 앞의 {n}개까지 뽑습니다.", "{order}. {name}: {votes} votes, not among the first {n}."),
    "barred": ("{order}. {name}: {votes}표. {why} {by}", "{order}. {name}: {votes} votes. {why} {by}"),
    "compared": (
        "이 결과를 더 바란 사람 {prefer_this}명, 득표순 결과를 더 바란 사람 {prefer_greedy}명.",
        "{prefer_this} voters rather have this outcome, {prefer_greedy} the one by votes.",
    ),
    "closed": ("{funded}개를 뽑아 {spent}을 씁니다. 남은 예산 {left}.", "{funded} projects are funded for {spent}. {left} left."),
}
WHY: dict[str, tuple[str, str]] = {
    "exclusive": ("함께 할 수 없는 사업이 뽑혔습니다:", "It excludes one that was funded:"),
    "field_full": ("분야의 수가 찼습니다:", "Its field is full:"),
    "full": ("뽑을 수가 찼습니다.", "The number of projects is full."),
}
BY: dict[str, tuple[str, str]] = {
    "cost": ("돈이 적은", "lower cost"),
    "votes": ("표가 많은", "more votes"),
    "name": ("번호", "id"),
    "lot": ("추첨", "lot"),
}
NEEDED = ("뽑히지 않은 사업이 더 받아야 했던 표", "Votes that the others still needed")
NEVER = ("표로는 되지 않음", "no number of votes would do")


def tell(outcome: Outcome, language: Language, names: Mapping[str, str]) -> Iterator[str]:
    """One sentence for each line of the story, then how many votes each unfunded project still needed."""
    which = 0 if language == "ko" else 1
    for line in outcome.story:
        yield sentence(line, language, names)
    if outcome.needed:
        yield f"{NEEDED[which]}:"
        for code, more in sorted(outcome.needed.items(), key=lambda one: (one[1] is None, one[1], one[0])):
            yield f"  {_named(code, names)}: {more if more is not None else NEVER[which]}"


def sentence(line: Line, language: Language, names: Mapping[str, str]) -> str:
    """One line of a story in words. Raises KeyError for a code without a sentence."""
    which = 0 if language == "ko" else 1
    facts = {key: f"{value:,}" if isinstance(value, int) else value for key, value in line.params.items()}
    if "id" in line.params:
        facts["name"] = _named(str(line.params["id"]), names)
    if "why" in facts:
        facts["why"] = WHY[str(facts["why"])][which]
    if "ids" in line.params:
        facts["names"] = ", ".join(_named(str(code), names) for code in line.params["ids"])  # type: ignore[union-attr]
        facts["by"] = BY[str(facts["by"])][which]
    return WORDS[line.code][which].format(**{"left": "–", **facts})


def _named(code: str, names: Mapping[str, str]) -> str:
    return f"{code} {names[code]}" if names.get(code) else code
