"""Who may ask, who may answer, and when."""

from collections.abc import Sequence
from datetime import datetime

from madang.deliberation.models import Option, Question
from madang.deliberation.readiness import missing
from madang.ground import dates
from madang.ground.actor import Actor, Proof, Role
from madang.ground.door import official
from madang.ground.models import Place
from madang.ground.verdict import YES, Verdict, first_no, no
from madang.processes.models import Step
from madang.processes.rules import deed_open, may_run
from madang.residents.models import Department

LEAST_OPTIONS, MOST_OPTIONS = 2, 12
LONGEST_WORDING, LONGEST_BACKGROUND, LONGEST_OPTION, LONGEST_WORDS, LONGEST_USE = 200, 3000, 120, 1000, 3000


def may_reply_in(actor: Actor, step: Step, *, at: datetime) -> Verdict:
    """Answers in this step at this moment: its time, then the person."""
    return first_no(deed_open(step, "reply", at=at), _is_asked(actor, step))


def may_reply(actor: Actor, question: Question, *, at: datetime) -> Verdict:
    """Answers this question, or changes the answer given: it is published and not closed."""
    if question.state == Question.State.DRAFTED:
        return no("question_not_published")
    return no("question_over") if question.is_over else may_reply_in(actor, question.step, at=at)


def _is_asked(actor: Actor, step: Step) -> Verdict:
    if not actor.is_signed_in:
        return no("sign_in_first")
    place = step.place
    if actor.person_id is None or actor.town_id not in (place.pk, place.parent_id):
        return no("replier_unknown")
    if step.setting("only_here") and place.level == Place.Level.DONG and actor.home_id != place.pk:
        return no("replier_elsewhere", place=place.name_shown)
    wanted = step.setting("proof")
    if actor.proof >= wanted:
        return YES
    return no("reply_contact_needed" if wanted == Proof.CONTACT else "reply_proof_needed")


def may_pick(question: Question, option: Option, words: str) -> Verdict:
    """One of the question's own options, and not more words than a reply holds."""
    if option.question_id != question.pk:
        return no("option_unknown")
    return YES if len(words) <= LONGEST_WORDS else no("reply_too_long", most=LONGEST_WORDS)


def may_draft(actor: Actor, step: Step, *, at: datetime) -> Verdict:
    """Writes the question of a step: who runs processes there; one question a step."""
    free = step.kind == "question" and step.closed_at is None and not Question.objects.filter(step=step).exists()
    return first_no(may_run(actor, step.place_id, at=at), YES if free else no("step_takes_no_question"))


def may_change(actor: Actor, question: Question, *, at: datetime) -> Verdict:
    """Mends a question nobody has been asked yet."""
    drafted = YES if question.state == Question.State.DRAFTED else no("question_is_public")
    return first_no(may_run(actor, question.place_id, at=at), drafted)


def text_holds(wording: str, background: str, options: Sequence[str]) -> Verdict:
    """Lengths and options of a draft. A draft may still lack its background; publishing may not."""
    if not 0 < len(wording) <= LONGEST_WORDING or len(background) > LONGEST_BACKGROUND:
        return no("question_text_wrong", wording=LONGEST_WORDING, background=LONGEST_BACKGROUND)
    several = LEAST_OPTIONS <= len(options) <= MOST_OPTIONS and len(set(options)) == len(options)
    if several and all(0 < len(text) <= LONGEST_OPTION for text in options):
        return YES
    return no("question_options_wrong", least=LEAST_OPTIONS, most=MOST_OPTIONS, long=LONGEST_OPTION)


def may_publish(actor: Actor, question: Question, *, at: datetime) -> Verdict:
    """Asks: an end, a background and two options must be there. It may be published before its step opens."""
    verdict = may_change(actor, question, at=at)
    if not verdict:
        return verdict
    lacking = missing(question, at=at)
    return no("question_not_ready", missing=", ".join(str(c.title) for c in lacking)) if lacking else YES


def may_close(actor: Actor, question: Question, *, at: datetime) -> Verdict:
    """Closes once the step's time is over. To end sooner, its dates are changed, with a reason and a notice."""
    verdict = may_run(actor, question.place_id, at=at)
    if not verdict:
        return verdict
    if question.state == Question.State.DRAFTED:
        return no("question_not_published")
    if question.is_over:
        return no("question_over")
    ends = question.step.closes_at
    return no("question_still_open", closes=dates.moment(ends, at=at)) if ends and at < ends else YES


def may_tell_use(actor: Actor, question: Question, *, at: datetime) -> Verdict:
    """Tells how the answers were used, once: the department the process belongs to, or who runs processes there."""
    if not question.is_over:
        return first_no(_may_answer_for(actor, question, at=at), no("question_not_closed"))
    told = no("question_use_told") if question.state == Question.State.ANSWERED else YES
    return first_no(_may_answer_for(actor, question, at=at), told)


def may_hide_words(actor: Actor, question: Question, *, at: datetime) -> Verdict:
    """Hides words that hurt somebody or name them, once they are public: who runs it, and a moderator."""
    verdict = official(actor, at=at)
    if actor.is_system or (verdict and actor.holds(Role.MODERATOR)):
        verdict = YES
    else:
        verdict = first_no(verdict, may_run(actor, question.place_id, at=at))
    return first_no(verdict, may_see_replies(actor, question, at=at))


def _may_answer_for(actor: Actor, question: Question, *, at: datetime) -> Verdict:
    verdict = may_run(actor, question.place_id, at=at)
    if verdict or not actor.holds(Role.DEPARTMENT_OFFICER):
        return verdict
    mine = [p.department_id for p in actor.posts if p.role == Role.DEPARTMENT_OFFICER and p.department_id]
    owner = question.step.process.department_id
    teams = Department.objects.filter(pk__in=mine, parent_id=owner).exists() if owner else False
    return YES if owner in mine or teams else no("question_use_not_yours")


def may_see_replies(actor: Actor, question: Question, *, at: datetime) -> Verdict:
    """Nobody sees what was answered before the end, officers neither: a running count sways those who come later."""
    return YES if question.is_over else no("replies_are_sealed")


def may_watch(actor: Actor, *_: object, at: datetime) -> Verdict:
    """Reads the desk's pages: any official with an open desk."""
    return official(actor, at=at)


def may_redate(step: Step, *, at: datetime) -> Verdict:
    """Dates of a question that was closed stand."""
    over = Question.objects.filter(step=step, state__in=["closed", "answered"]).exists()
    return no("question_dates_stand") if over else YES
