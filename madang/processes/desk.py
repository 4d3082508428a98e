"""Officials' face."""

from madang.ground.door import door, page
from madang.processes.rules import may_run_any


@door(may_run_any)
def listing(request, pk=None, blueprint=""):
    return page(request, "refused.html", {})


choose = make = detail = copy = basics = dates = content = preview = new_step = listing
open_it = close_it = reopen_it = archive_it = discard_it = step = redate = drop = listing
