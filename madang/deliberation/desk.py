"""Pages of questions."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from madang.ground.door import anyone, door


@door(anyone)
def listing(request: HttpRequest, **kw: Any) -> HttpResponse:
    raise Http404


of_step = new = detail = edit = publish = close = use = words = hide = listing
