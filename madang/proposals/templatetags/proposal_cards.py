"""The card of a proposal drawn without the template engine, which took longer over twenty of them than the database over the list.

The markup is that of parts/card_proposal.html; a test holds the two together."""

from datetime import date

from django import template
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from madang.methods import korean
from madang.proposals.figures import Card

register = template.Library()

CARD = (
    '<li class="card card--link{flush}">{photo}<div class="row"><span class="mark mark--{tone}">{state}</span>{side}</div>'
    '<h3><a href="{url}">{title}</a></h3>{summary}{meter}<div class="row row--ends"><p class="by">{by}</p>{talk}</div>{end}</li>'
)
METER = (
    '<div class="meter{good}"><div class="meter__words"><span>{words}</span><span>{rest}</span></div>'
    '<progress value="{value}" max="{most}" aria-label="{label}">{now}/{most}</progress></div>'
)


@register.simple_tag
def proposal_card(card: Card, today: date | None = None) -> SafeString:
    """One proposal in a list, inside <ul class="grid grid--2">: `{% proposal_card card today %}`."""
    photo = format_html(
        '<img class="card__img" src="{}" alt="" width="320" height="180" loading="lazy"><div class="card__pad">', card.photo
    )
    return format_html(
        CARD,
        flush=" card--flush" if card.photo else "",
        photo=photo if card.photo else "",
        tone=card.tone,
        state=card.state,
        side=format_html('<span class="small quiet">{}</span>', card.side) if card.side else "",
        url=card.url,
        title=card.title,
        summary=format_html('<p class="small">{}</p>', card.summary) if card.summary else "",
        meter=_meter(card.endorsements, card.threshold),
        by=_by(card, today),
        talk=_talk(card.comments),
        end=mark_safe("</div>") if card.photo else "",
    )


def _meter(now: int, most: int) -> SafeString:
    count, whole = f"{now:,}", f"{most:,}"
    enough = now >= most
    # The sentence carries the one tag; the number is ours.
    words = mark_safe(escape(_("<b>%(n)s명</b> 공감")).replace("&lt;b&gt;", "<b>").replace("&lt;/b&gt;", "</b>") % {"n": count})  # noqa: S308
    rest = _("%(n)s명 넘음") % {"n": whole} if enough else _("%(n)s명 더 필요해요") % {"n": f"{most - now:,}"}
    return format_html(
        METER,
        good=" meter--good" if enough else "",
        words=words,
        rest=rest,
        value=min(now, most),
        most=most,
        now=now,
        label=_("공감 %(n)s명, 기준 %(m)s명") % {"n": count, "m": whole},
    )


def _by(card: Card, today: date | None) -> SafeString:
    parts = [format_html("<b>{}</b>", card.author)] if card.author else []
    parts += [format_html("<span>{}</span>", one) for one in (card.dong, card.category) if one]
    parts.append(format_html('<span><time datetime="{}">{}</time></span>', card.on.isoformat(), korean.day(card.on, today=today or None)))
    return SafeString("".join(parts))


def _talk(count: int | None) -> SafeString:
    if count is None:
        return SafeString("")
    return format_html('<span class="small quiet">{} {}</span>', _icon("talk"), _("이야기 %(n)s") % {"n": f"{count:,}"})


def _icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#i-{}"/></svg>', static("madang/img/icons.svg"), name
    )
