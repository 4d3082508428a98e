"""Addresses of the desk of proposals."""

desk_urls: list = []
