"""The card of a proposal drawn without the template engine, which took longer over twenty of them than the database over the list.

The markup is that of parts/card_proposal.html; a test holds the two together."""

from datetime import date
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from madang.ground import dates
from madang.ground.templatetags.look import icon
from madang.proposals.figures import Card

register = template.Library()


@register.simple_tag
def proposal_card(card: Card, today: date | None = None) -> SafeString:
    """One proposal in a list, inside <ul class="grid grid--2">: `{% proposal_card card today %}`. Every text in it is escaped here."""
    flush = photo = end = ""
    if card.photo:
        flush, end = " card--flush", "</div>"
        photo = f'<img class="card__img" src="{escape(card.photo)}" alt="" width="320" height="180" loading="lazy"><div class="card__pad">'
    side = f'<span class="small quiet">{escape(str(card.side))}</span>' if card.side else ""
    summary = f'<p class="small">{escape(card.summary)}</p>' if card.summary else ""
    return SafeString(
        f'<li class="card card--link{flush}">{photo}<div class="row">'
        f'<span class="mark mark--{escape(card.tone)}">{escape(str(card.state))}</span>{side}</div>'
        f'<h3><a href="{escape(card.url)}">{escape(card.title)}</a></h3>{summary}{_meter(card.endorsements, card.threshold)}'
        f'<div class="row row--ends"><p class="by">{_by(card, today)}</p>{_talk(card.comments)}</div>{end}</li>'
    )


def _meter(now: int, most: int) -> str:
    count, whole = f"{now:,}", f"{most:,}"
    enough = now >= most
    # The sentence carries the one tag; the number is ours.
    words = escape(_("<b>%(n)s명</b> 공감")).replace("&lt;b&gt;", "<b>").replace("&lt;/b&gt;", "</b>") % {"n": count}
    rest = _("%(n)s명 넘음") % {"n": whole} if enough else _("%(n)s명 더 필요해요") % {"n": f"{most - now:,}"}
    label = _("공감 %(n)s명, 기준 %(m)s명") % {"n": count, "m": whole}
    return (
        f'<div class="meter{" meter--good" if enough else ""}">'
        f'<div class="meter__words"><span>{words}</span><span>{escape(rest)}</span></div>'
        f'<progress value="{min(now, most)}" max="{most}" aria-label="{escape(label)}">{now}/{most}</progress></div>'
    )


def _by(card: Card, today: date | None) -> str:
    who = f"<b>{escape(card.author)}</b>" if card.author else ""
    where = "".join(f"<span>{escape(str(one))}</span>" for one in (card.dong, card.category) if one)
    return f'{who}{where}<span><time datetime="{card.on.isoformat()}">{escape(dates.say_day(card.on, today=today or None))}</time></span>'


def _talk(count: int | None) -> str:
    if count is None:
        return ""
    return f'<span class="small quiet">{icon("talk")} {escape(_("이야기 %(n)s") % {"n": f"{count:,}"})}</span>'
