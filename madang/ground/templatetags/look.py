"""Tags and filters that templates speak with: parts of the look that need a little thought before they are drawn.

Registered as builtins, so no template has to load them. Numbers and dates are put into words by `madang.methods.korean`;
here is only the choice of language and the default of today."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

import nh3
from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.http import QueryDict
from django.templatetags.static import static
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext
from markdown_it import MarkdownIt

from madang.ground import dates
from madang.ground.templatetags import look_calendar, look_fields, look_gloss, look_samples, look_words
from madang.methods import korean

register = template.Library()

FAR_DAYS = 14  # beyond two weeks a countdown is quiet
PATH_OF_TABS = (
    ("site:home", "yard", look_words.TAB_HOME),
    ("proposals:list", "idea", look_words.TAB_PROPOSALS),
    ("ballots:list", "vote", look_words.TAB_BALLOTS),
    ("projects:list", "won", look_words.TAB_PROJECTS),
    ("site:my", "me", look_words.TAB_MY),
)
ALLOWED_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "h3", "h4", "a", "code", "pre", "hr", "del"}
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image").enable("strikethrough")


# Pictures and marks


@register.simple_tag
def icon(name: str) -> SafeString:
    """One symbol of img/icons.svg; always beside a word, so hidden from screen readers."""
    return _icon(name)


@lru_cache(maxsize=256)
def _icon(name: str) -> SafeString:
    # Drawn thirty times on a page; where the file lies does not change while the program runs.
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#i-{}"/></svg>', static("madang/img/icons.svg"), name
    )


@register.simple_tag
def mark(tone: str, label: object) -> SafeString:
    """A status: words first, colour second, shape third. Tones: open time good info warn bad plain bare."""
    if isinstance(label, SafeString):  # a gloss inside: one piece, or its words would stand apart
        label = format_html("<span>{}</span>", label)
    return format_html('<span class="mark mark--{}">{}</span>', tone or "plain", label)


@register.simple_tag(takes_context=True)
def gloss(context: template.Context, word: str, shown: str = "") -> SafeString:
    """A hard word with its plain meaning on tap, once a page; works without JavaScript. `shown` stands in the sentence instead of the
    word, as it is where the word is unknown or was explained before."""
    return look_gloss.explain(word, shown, context.render_context.dicts[0])  # kept for the whole page, parts included


@register.simple_tag(takes_context=True)
def easy(context: template.Context, text: object) -> SafeString:
    """A sentence of ours with its hard words explained, each where it first stands on the page. Never for what people wrote."""
    return look_gloss.explain_all(text, context.render_context.dicts[0])


# Words, money, days


@register.filter
def josa(word: object, pair: str) -> str:
    """`{{ name|josa:"을/를" }}`: the word with the particle that fits; in other languages the word alone."""
    return korean.josa(str(word), pair) if dates.is_korean() else str(word)


@register.filter
def won(amount: int | None) -> str:
    """Residents' money: 6,400만원. Nothing entered stays empty."""
    return "" if amount is None else dates.say_won(amount)


@register.filter
def thousands(amount: int | None) -> str:
    """Officers' money in 천원 with commas, decrease as △."""
    return "" if amount is None else korean.thousand_won(amount)


@register.filter
def day(value: date | datetime | None, today: date | None = None) -> str:
    """7. 24.(금), with the year when it is not the year of `today`: `{{ due|day:today }}`. Without `today` the year is always said."""
    return dates.say_day(value, today or None) if value else ""


@register.filter
def short_day(value: date | datetime | None) -> str:
    """'21. 4. 7.(수), the style of reports."""
    return dates.say_short_day(value) if value else ""


@register.filter
def month_day(value: date | datetime | None) -> str:
    """7. 24., where the year and the weekday are plain from what stands around."""
    return dates.say_month_day(value) if value else ""


@register.filter
def moment(value: datetime | None, today: date | None = None) -> str:
    """7. 24.(금) 18:00 in Korean time."""
    return dates.say_moment(value, today or None) if value else ""


@register.filter
def commas(number: object) -> str:
    """1,204; anything that is no whole number stays as it is."""
    return f"{number:,}" if isinstance(number, int) and not isinstance(number, bool) else str("" if number is None else number)


@register.filter
def less(number: int | None, other: int | None) -> int:
    """`{{ most|less:now }}`: the difference, never below zero."""
    return max((number or 0) - (other or 0), 0)


@register.filter
def percent(part: int | None, whole: int | None) -> str:
    """`{{ spent|percent:budget }}`: 72%. Nothing to divide by stays empty."""
    return "" if part is None or whole is None else korean.percent(part, whole) or ""


@register.filter
def share(part: float | None, whole: float | None) -> str:
    """`width="{{ votes|share:most }}"`: 87.5%, a length for SVG between 0% and 100%, one decimal, never localised."""
    return f"{min(max(100 * (part or 0) / whole, 0), 100):.1f}%" if whole else "0%"


def _end_of(closes: date | datetime) -> tuple[date, str]:
    """The last day of a period and the hour in words; midnight belongs to the day before."""
    if not isinstance(closes, datetime):
        return closes, ""
    local = timezone.localtime(closes)
    if (local.hour, local.minute) == (0, 0):
        return (local - timedelta(minutes=1)).date(), _("밤 12시까지")
    hour = _("%(hour)s시까지") % {"hour": local.hour} if local.minute == 0 else _("%(time)s까지") % {"time": f"{local:%H:%M}"}
    return local.date(), hour


@register.filter
def days_left(closes: date | datetime | None, at: date | datetime | None) -> str:
    """4일 남았어요, 오늘 18시까지, 끝났어요. Counts calendar days in Korean time."""
    if closes is None or at is None:
        return ""
    if isinstance(closes, datetime) and isinstance(at, datetime) and closes <= at:
        return _("끝났어요")
    last, hour = _end_of(closes)
    left = (last - dates.local(at)).days
    if left < 0:
        return _("끝났어요")
    if left == 0:
        return _("오늘 %(hour)s") % {"hour": hour or _("끝나요")}
    return ngettext("%(days)s일 남았어요", "%(days)s일 남았어요", left) % {"days": left}


@register.inclusion_tag("parts/count.html")
def count(closes: date | datetime | None, at: date | datetime) -> dict[str, Any]:
    """The days left as a small leaf; draws nothing without a closing moment."""
    if closes is None:
        return {}
    last, hour = _end_of(closes)
    left = (last - dates.local(at)).days
    if left < 0 or (isinstance(closes, datetime) and isinstance(at, datetime) and closes <= at):
        return {"tone": "done", "figure": _("끝"), "words": month_day(last)}
    if left == 0:
        return {"tone": "last", "figure": _("오늘"), "words": hour or _("끝나요")}
    unit = npgettext("남은 날", "일", "일", left)
    return {"tone": "far" if left > FAR_DAYS else "soon", "figure": left, "unit": unit, "words": _("남았어요")}


@register.filter(is_safe=True)
def markdown(text: str | None) -> SafeString:
    """What people wrote, as safe HTML: no raw HTML, no images, headings below the page's own, links without authority."""
    html = _markdown.render(text or "")
    for high, low in (("h2", "h4"), ("h1", "h3"), ("h5", "h4"), ("h6", "h4")):
        html = html.replace(f"<{high}>", f"<{low}>").replace(f"</{high}>", f"</{low}>")
    clean = nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="nofollow ugc noopener",
    )
    return mark_safe(clean)  # noqa: S308  cleaned above


# Forms


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField, **options: Any) -> dict[str, Any]:
    """One field of a form with label, hint and error. Options: hint, label, box, rows, count, narrow, optional; see parts/field.html."""
    return look_fields.field_context(bound, options)


@register.inclusion_tag("parts/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """What is to be mended, on top of the page, each with a link to its field. Draws nothing while all is well."""
    return {"errors": look_fields.errors_of(forms)}


# Ways: query strings, pages, tabs, sorting


def _query(context: template.Context) -> QueryDict:
    request = context.get("request")
    return request.GET.copy() if request else QueryDict(mutable=True)


@register.simple_tag(takes_context=True)
def qs(context: template.Context, **changes: Any) -> str:
    """The page's own query string with replacements; None or "" takes a key out. `{% qs page=2 %}`, `{% qs dong="" page="" %}`."""
    query = _query(context)
    for key, value in changes.items():
        if value is None or value == "":
            query.pop(key, None)
        else:
            query[key] = value
    return "?" + query.urlencode()


@register.inclusion_tag("parts/pages.html", takes_context=True)
def pages(context: template.Context, page: Page, key: str = "page") -> dict[str, Any]:
    """Page numbers that keep search and filters. Draws nothing for a single page."""

    def link(number: int) -> str:
        return qs(context, **{key: number})

    numbers = [
        {"number": n, "url": link(n) if isinstance(n, int) else "", "is_current": n == page.number}
        for n in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "numbers": numbers if len(numbers) > 1 else [],
        "previous": link(page.previous_page_number()) if page.has_previous() else "",
        "next": link(page.next_page_number()) if page.has_next() else "",
    }


@register.simple_tag(takes_context=True)
def sort_head(context: template.Context, label: object, key: str, css: str = "") -> SafeString:
    """A table head that sorts: `?sort=key`, and `?sort=-key` when it is already so."""
    now = _query(context).get("sort", "")
    order = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    url = qs(context, sort=f"-{key}" if now == key else key, page=None)
    aria = format_html(' aria-sort="{}"', order) if order else ""
    return format_html(
        '<th scope="col"{}{}><a class="sort" href="{}">{}</a></th>', aria, format_html(' class="{}"', css) if css else "", url, label
    )


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _opens(url: str, actor: Any, at: Any) -> bool:
    """Whether the page's own door lets this person in; asked as if the desk stood open, for opening it is one press away."""
    rule = getattr(resolve(url).func, "rule", None)
    if rule is None or actor is None or not actor.posts:
        return True
    return bool(rule(actor if actor.desk_open else replace(actor, desk_id=0), at=at))


@register.inclusion_tag("parts/tabbar.html", takes_context=True)
def tabbar(context: template.Context) -> dict[str, Any]:
    """Five places within thumb reach; a place whose area is not installed is left out."""
    path = getattr(context.get("request"), "path", "")
    places: list[dict[str, Any]] = [{"url": _address(name), "icon": symbol, "label": label} for name, symbol, label in PATH_OF_TABS]
    for place in places:
        place["is_current"] = path == place["url"] or (place["icon"] != "yard" and bool(place["url"]) and path.startswith(place["url"]))
    return {"places": [p for p in places if p["url"]], "notice_count": context.get("notice_count")}


@register.inclusion_tag("parts/rail.html", takes_context=True)
def rail(context: template.Context) -> dict[str, Any]:
    """The officers' menu: what opens to who looks. A view may give `rail_counts` ({url name: number})."""
    actor, at = context.get("actor"), context.get("at")
    path, counts = getattr(context.get("request"), "path", ""), context.get("rail_counts") or {}
    groups: list[dict[str, Any]] = []
    for heading, rows in look_words.RAIL:
        items = [{"url": _address(n), "icon": i, "label": label, "count": counts.get(n)} for n, i, label in rows]
        groups.append({"heading": heading, "items": [i for i in items if i["url"] and _opens(str(i["url"]), actor, at)]})
    outside = _address("site:home")
    best = max(
        (i["url"] for g in groups for i in g["items"] if i["url"] not in {"", outside} and path.startswith(i["url"])), key=len, default=""
    )
    for item in (i for g in groups for i in g["items"]):
        item["is_current"] = item["url"] == best
    return {"groups": [g for g in groups if g["items"]]}


# Regions and calendars


@register.simple_block_tag
def scroll(content: SafeString, label: object) -> SafeString:
    """A named region that may scroll sideways: `{% scroll "처리할 일 표" %}<table>…</table>{% endscroll %}`."""
    return format_html('<div class="scroll" tabindex="0" role="region" aria-label="{}">{}</div>', label, content)


@register.inclusion_tag("parts/month.html")
def month(today: date, events: Any, year: int = 0, number: int = 0, holidays: Any = ()) -> dict[str, Any]:
    """A month with what happens in it. `events`: objects or dicts with `on`, `text`, and optionally `is_end`, `url`."""
    return look_calendar.month_context(today, events, year or today.year, number or today.month, holidays)


@register.inclusion_tag("parts/gantt.html")
def gantt(caption: object, rows: Any, today: date, year: int = 0) -> dict[str, Any]:
    """A year of steps as a table whose bars are cells. `rows`: `label`, `opens_on`, `closes_on`, `text`, `is_law`."""
    return look_calendar.gantt_context(caption, rows, today, year or today.year)


@lru_cache(maxsize=256)
def _key(text: str) -> str:
    return slugify(text, allow_unicode=True) or "x"


@register.filter
def key(text: object) -> str:
    """A part of an id made from words."""
    return _key(str(text))


@register.simple_tag
def samples() -> dict[str, Any]:
    """Made-up values for the page of all parts: `{% samples as s %}`."""
    return look_samples.samples()
