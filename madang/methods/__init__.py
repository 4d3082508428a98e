"""Pure methods of village democracy: clocks of the law, counting, lots, seals, Korean text, search terms.

Nothing here knows Django, a database, a network or the present moment. Every function is given what it needs, the
date included, and answers the same way for the same input. A researcher can install this folder alone
(only ``holidays`` is needed beside the standard library).
"""
