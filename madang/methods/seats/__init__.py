"""Seats by lot: resident councils (주민자치회) and citizens' assemblies.

- ``pool``, ``quotas``  the list of candidates, the quotas, their CSV files, the fingerprint to publish before the draw
- ``balls``             the practice of Korean ordinances: ball by ball, no sex above its cap, then the reserves
- ``fair``              quota lotteries with the fairest chances (maximin, leximin); ``relaxation`` when quotas cannot be met
- ``lottery``           the distribution as whole tickets; ``drawing`` turns it and a seed into people; ``record`` is the JSON of both
- ``telling``           the stories in Korean and English sentences

Only ``fair`` and ``relaxation`` need the solver HiGHS (``frame``, ``programme``, ``targets``, ``peeling``, ``columns`` serve them): a draw
is replayed and checked with the standard library alone.
"""
