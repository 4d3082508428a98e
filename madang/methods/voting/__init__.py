"""Counting a vote on projects: elections, rules, outcomes. numpy is the only library; no Django, no clock, no file."""
