"""What became of a ballot's item: the areas above tell it here, so that this area never names them."""

from madang.proposals.onward_links import Onward

ITEMS = Onward()
register, links_of = ITEMS.register, ITEMS.links_of
