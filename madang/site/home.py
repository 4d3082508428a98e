from django.http import HttpResponse

from madang.ground.door import anyone, door


@door(anyone)
def home(request):
    return HttpResponse("")


dong = calendar = results = my = queue = desk_search = audit_log = town_settings = home
