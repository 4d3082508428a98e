"""How a form field of Django becomes a field of the look. Not a tag library: look.py calls it."""

from html import escape
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.utils import flatatt
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.methods import korean

COUNT_FROM = 100  # texts that may be longer than this show how much is written


def kind_of(widget: forms.Widget) -> str:
    """text, textarea, select, file, check (one box), radios, checks, or group (several inputs of one field)."""
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checks"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    for kind, classes in (
        ("check", forms.CheckboxInput),
        ("file", forms.FileInput),
        ("textarea", forms.Textarea),
        ("group", (forms.MultiWidget, forms.SelectDateWidget)),
        ("select", forms.Select),
    ):
        if isinstance(widget, classes):
            return kind
    return "text"


def first_id(bound: BoundField) -> str:
    """The id a link of the error summary goes to; a group of boxes is entered at its first box."""
    base = bound.auto_id or f"id_{bound.html_name}"
    return f"{base}_0" if kind_of(bound.field.widget) in {"radios", "checks", "group"} else base


def _missing(bound: BoundField) -> str:
    kind = kind_of(bound.field.widget)
    label = str(bound.label)
    what = korean.josa(label, "을/를") if (get_language() or "ko").startswith("ko") else label
    if kind in {"select", "radios", "checks"}:
        return _("%(what)s 골라 주세요.") % {"what": what}
    if kind == "file":
        return _("%(what)s 올려 주세요.") % {"what": what}
    if kind == "check":
        return _("계속하려면 이 칸에 표시해 주세요: %(label)s") % {"label": label}
    return _("%(what)s 적어 주세요.") % {"what": what}


def messages_of(bound: BoundField) -> list[str]:
    """A field's errors; the framework's dry "required" is said as a request unless the form has its own words."""
    dry = str(forms.Field.default_error_messages["required"])
    if not bound.errors:
        return []
    codes = [error.code for error in bound.errors.as_data()]
    return [
        _missing(bound) if code == "required" and str(text) == dry else str(text)
        for text, code in zip(bound.errors, codes + [""] * len(bound.errors), strict=False)
    ]


def errors_of(given: Any) -> list[dict[str, str]]:
    """Errors of forms, lists of them and formsets in the order of the page: [{"text", "href"}]. Whole-form errors go to no field."""
    found: list[dict[str, str]] = []
    for form in given:
        if isinstance(form, list):
            found += errors_of(form)
            continue
        if isinstance(form, forms.BaseFormSet):
            found += [{"text": str(text), "href": ""} for text in form.non_form_errors()] + errors_of(form.forms)
            continue
        if not isinstance(form, forms.BaseForm) or not form.is_bound:
            continue
        found += [{"text": str(text), "href": ""} for text in form.non_field_errors()]
        for bound in form:
            href = "" if bound.is_hidden else f"#{first_id(bound)}"
            found += [{"text": text, "href": href} for text in messages_of(bound)]
    return found


def _attributes(bound: BoundField, kind: str, told_by: list[str], options: dict[str, Any]) -> dict[str, Any]:
    given = bound.field.widget.attrs
    css = ["input", given.get("class", ""), "input--num" if options.get("narrow") else ""]
    attrs: dict[str, Any] = {"class": " ".join(c for c in css if c)}
    if kind in {"check", "radios", "checks"}:
        attrs = {"class": given["class"]} if given.get("class") else {}
    if told_by and kind not in {"radios", "checks", "group"}:
        attrs["aria-describedby"] = " ".join(told_by)
    if bound.errors and kind not in {"radios", "checks"}:
        attrs["aria-invalid"] = "true"
    if kind == "textarea":
        attrs["rows"] = options.get("rows", given.get("rows", 6))
        attrs["cols"] = None
    return {name: value for name, value in attrs.items() if value is not None}


def _count(bound: BoundField, kind: str, options: dict[str, Any]) -> dict[str, int] | None:
    most = getattr(bound.field, "max_length", None)
    wanted = options.get("count", kind == "textarea" or (kind == "text" and (most or 0) >= COUNT_FROM))
    if not (most and wanted and kind in {"text", "textarea"}):
        return None
    return {"now": len(str(bound.value() or "")), "most": most}


def _control(bound: BoundField, attrs: dict[str, Any]) -> SafeString:
    """The input itself. A plain date or time field becomes the browser's own; the form parses what that sends."""
    widget = bound.field.widget
    for plain, kind, written in ((forms.DateInput, "date", "%Y-%m-%d"), (forms.TimeInput, "time", "%H:%M")):
        if type(widget) is plain and widget.input_type == "text":
            widget.input_type, widget.format = kind, written
    if type(widget) is forms.Select and widget.template_name == forms.Select.template_name:
        given = bound.build_widget_attrs(attrs, widget)
        if bound.auto_id and "id" not in widget.attrs:
            given.setdefault("id", bound.auto_id)
        return widget.render(name=bound.html_name, value=bound.value(), attrs=given, renderer=_SELECTS)  # type: ignore[arg-type]
    return bound.as_widget(attrs=attrs)


class _Selects:
    """Draws a select as Django's templates do, in a tenth of their time: those take two templates for every single option."""

    def render(self, _template: str, context: dict[str, Any], request: Any = None) -> str:
        widget = context["widget"]
        groups = []
        for name, options, _index in widget["optgroups"]:
            inside = "".join(
                f'<option value="{escape(str(o["value"]))}"{flatatt(o["attrs"]) if o["attrs"] else ""}>{escape(str(o["label"]))}</option>'
                for o in options
            )
            groups.append(f'<optgroup label="{escape(str(name))}">{inside}</optgroup>' if name else inside)
        return f'<select name="{escape(widget["name"])}"{flatatt(widget["attrs"])}>{"".join(groups)}</select>'


_SELECTS = _Selects()


def field_context(bound: BoundField, options: dict[str, Any]) -> dict[str, Any]:
    """What parts/field.html needs to draw `bound`."""
    kind = kind_of(bound.field.widget)
    base = bound.auto_id or f"id_{bound.html_name}"
    hint = options.get("hint", bound.help_text)
    errors = messages_of(bound)
    told_by = [f"{base}_hint"] * bool(hint) + [f"{base}_error"] * bool(errors)
    attrs = _attributes(bound, kind, told_by, options)
    many = kind in {"radios", "checks"}
    return {
        "is_hidden": bound.is_hidden,
        "kind": kind,
        "base": base,
        "label": options.get("label", bound.label),
        "hint": hint,
        "errors": errors,
        "told_by": " ".join(told_by),
        "optional": options.get("optional", not bound.field.required and kind != "check"),
        "box": options.get("box", False),
        "chips": options.get("chips", False),
        "control": "" if many else _control(bound, attrs),
        "choices": _choices(bound, attrs, options) if many else [],
        "count": _count(bound, kind, options),
        "sr_label": options.get("sr_label", False),
    }


def _choices(bound: BoundField, attrs: dict[str, Any], options: dict[str, Any]) -> list[dict[str, Any]]:
    """Boxes of a group. `hints` maps a choice's value to a second line."""
    hints = options.get("hints") or {}
    boxes = [box for box in bound.subwidgets if box.data.get("type") in {"radio", "checkbox"}]
    return [{"tag": _tag(box, attrs), "label": box.choice_label, "hint": hints.get(str(box.data["value"]), "")} for box in boxes]


def _tag(box: Any, attrs: dict[str, Any]) -> SafeString:
    box.data["attrs"].pop("aria-describedby", None)
    box.data["attrs"].update(attrs)
    return box.tag()
