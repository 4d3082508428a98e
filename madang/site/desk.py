from madang.site.home import audit_log, desk_search, queue, town_settings  # noqa: F401
