"""How each kind of paper is gathered from figures. Importing this package declares the kinds."""

from madang.reports.gathering import assembly_result, assembly_year

__all__ = ["assembly_result", "assembly_year"]
