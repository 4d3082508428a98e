"""Residents' face."""

from madang.ground.door import anyone, door, page


@door(anyone)
def listing(request):
    return page(request, "refused.html", {})


detail = calendar_of = listing
