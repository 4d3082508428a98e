"""A select is drawn by hand for speed; it says the same as Django's own templates."""

import re
from html.parser import HTMLParser

import pytest
from django import forms

from madang.ground.templatetags.look_fields import field_context


class Form(forms.Form):
    plain = forms.ChoiceField(choices=[("", "모두"), ("a", "<b>가</b> & 나"), ("c", '"다"')], required=False)
    must = forms.ChoiceField(choices=[("1", "하나"), ("2", "둘")])
    numbers = forms.TypedChoiceField(choices=[(1, "하나"), (2, "둘")], coerce=int)
    groups = forms.ChoiceField(choices=[("구", [("x", "엑스"), ("y", "와이")]), ("z", "제트")])
    marked = forms.ChoiceField(
        choices=[("1", "하나")], widget=forms.Select(attrs={"id": "own", "class": "wide", "hidden": True, "data-no": False})
    )


class Reader(HTMLParser):
    """Tags with their attributes in no order, and words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.read: list[object] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.read.append((tag, sorted((name, value or "") for name, value in attrs)))

    def handle_endtag(self, tag):
        self.read.append(f"/{tag}")

    def handle_data(self, data):
        self.read += [data.strip()] if data.strip() else []


@pytest.mark.parametrize("name", Form.base_fields)
@pytest.mark.parametrize("data", [None, {"plain": "a", "must": "2", "numbers": "2", "groups": "y", "marked": "9"}, {}])
@pytest.mark.parametrize("auto_id", ["id_%s", False])
def test_same_as_djangos(name, data, auto_id):
    bound = Form(data, auto_id=auto_id, initial={"plain": "c", "numbers": 2})[name]
    drawn = field_context(bound, {})["control"]
    described = re.search(r'aria-describedby="([^"]*)"', drawn)
    given = re.search(r'class="([^"]*)"', drawn)
    attrs = (
        {"class": given[1]} | ({"aria-describedby": described[1]} if described else {}) | ({"aria-invalid": "true"} if bound.errors else {})
    )
    assert Reader(drawn).read == Reader(bound.as_widget(attrs=attrs)).read
