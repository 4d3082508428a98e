"""The stories of draws and refusals in sentences, Korean and English, for the command line. The site has words of its own."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from madang.methods.stories import Line

if TYPE_CHECKING:  # it brings the solver, which telling a draw does not need
    from madang.methods.seats.relaxation import Relaxation

Language = Literal["ko", "en"]

WORDS: dict[str, tuple[str, str]] = {
    "seats": (
        "정원 {seats}명, 추천 {recommended}명. 한 성은 {cap}명까지({rounding}).",
        "{seats} seats, {recommended} recommended. At most {cap} of one sex (rounded {rounding}).",
    ),
    "drawn": (
        "{number}번째 공: 통 안 {among}개 가운데 {place}번 자리(0부터) {id}({sex}). {sex} {of_sex}명째.",
        "Ball {number}: place {place} (from 0) of {among} in the box is {id} ({sex}), number {of_sex} of {sex}.",
    ),
    "cap_reached": (
        "{sex} {number}명으로 상한 {cap}명에 이르러 통에서 뺍니다.",
        "{sex} has {number}, the cap is {cap}: their balls leave the box.",
    ),
    "cap_lifted": (
        "상한에 이른 성만 {left}명 남아 다시 통에 넣습니다.",
        "Only {left} of a sex at its cap are left: their balls go back into the box.",
    ),
    "seats_left_empty": ("뽑을 수 있는 사람이 없어 {empty}자리를 비워 둡니다.", "{empty} seats stay empty: nobody may be drawn."),
    "reserves": ("예비자 {places}명을 뽑습니다. 한 성은 {cap}명까지.", "{places} reserves are drawn, at most {cap} of one sex."),
    "reserve": (
        "예비 {number}번: 통 안 {among}개 가운데 {place}번 자리 {id}({sex}).",
        "Reserve {number}: place {place} of {among} in the box is {id} ({sex}).",
    ),
    "ticket": ("추첨권 {tickets}장(0번부터) 가운데 {ticket}번.", "Ticket {ticket} of {tickets}, counted from 0."),
    "committee": (
        "{first}번부터 {last}번까지를 가진 {committee}번 구성({committees}가지, 0번부터)이 뽑혔습니다.",
        "Committee {committee} (of {committees}, counted from 0) holds tickets {first} to {last}.",
    ),
    "type": (
        "{type}번 갈래({values}) {people}명 가운데 {seats}명: {chosen}.",
        "Type {type} ({values}): {seats} of {people} people: {chosen}.",
    ),
}
ERRORS: dict[str, tuple[str, str]] = {
    "missing_column": ("‘{name}’ 열이 없습니다", "there is no column {name}"),
    "blank_key": ("접수번호가 비었습니다", "the key is empty"),
    "repeated_key": ("접수번호 {key}이(가) {row}행에도 있습니다", "the key {key} is in row {row} too"),
    "blank_value": ("값이 비었습니다", "the value is empty"),
    "unknown_value": ("‘{value}’에 대한 {feature} 정원이 없습니다", "{feature} has no quota for {value}"),
    "nobody": ("아무도 없습니다", "nobody is in the list"),
    "not_a_number": ("‘{text}’은(는) 0 이상의 수가 아닙니다", "{text!r} is not a number of seats"),
    "min_above_max": ("최소가 최대보다 큽니다", "min is above max"),
    "flex_inside": ("최소한도는 최소보다, 최대한도는 최대보다 좁을 수 없습니다", "flex limits lie inside min and max"),
    "repeated_quota": ("{feature} {value}이(가) {row}행에도 있습니다", "{feature} {value} is in row {row} too"),
}


def tell(story: Iterable[Line], language: Language = "ko") -> Iterator[str]:
    """One sentence per line of the story."""
    for line in story:
        words = WORDS[line.code][language == "en"]
        yield words.format(**{key: ", ".join(fact) if isinstance(fact, tuple) else fact for key, fact in line.params.items()})


def tell_error(code: str, params: dict[str, int | str], language: Language = "ko") -> str:
    """Why a cell or a file was refused; the bare code for those of ``tables``."""
    return ERRORS[code][language == "en"].format(**params) if code in ERRORS else f"{code} {params or ''}".strip()


def tell_relaxation(found: "Relaxation", language: Language = "ko") -> Iterator[str]:
    """What would have to change for the quotas to be met."""
    english = language == "en"
    if found.missing:
        yield f"The list is {found.missing} people short of the seats." if english else f"자리보다 {found.missing}명이 모자랍니다."
        return
    yield (
        f"No committee meets all quotas. The smallest change is {found.units} seats:"
        if english
        else f"모든 정원을 함께 지킬 수 없습니다. 가장 작은 고침은 모두 {found.units}자리입니다:"
    )
    for change in found.changes:
        old, new = change.quota, change.changed
        before, after = f"{old.min}–{old.max}", f"{new.min}–{new.max}"
        yield f"- {old.feature} {old.value}: {before} → {after}"
    if not found.within_flex:
        yield "This passes the flex limits." if english else "정해 둔 한도를 넘는 고침입니다."
