"""Residents' face."""

from django.http import HttpRequest, HttpResponse

from madang.ground.door import anyone, door


@door(anyone)
def not_yet(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse(status=404)
