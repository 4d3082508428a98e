from madang.site.home import my  # noqa: F401
