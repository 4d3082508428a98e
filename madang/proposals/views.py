"""Residents' pages: the list, a proposal, what its author may do."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from madang.ground.door import anyone, door


@door(anyone)
def listing(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


@door(anyone)
def detail(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


@door(anyone)
def endorse(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


@door(anyone)
def receipt(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


@door(anyone)
def trail(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


@door(anyone)
def withdraw(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


@door(anyone)
def supplement(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


@door(anyone)
def reconsider(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404


@door(anyone)
def report(request: HttpRequest, **where: Any) -> HttpResponse:
    raise Http404
