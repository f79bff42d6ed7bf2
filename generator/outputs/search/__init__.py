"""Search: records in, an index out that works over the network and from a disk alike, by Pagefind."""

from generator.outputs.search.build import Asked, Search, SearchLanguage, SearchRequest, make_search
from generator.outputs.search.pagefind import SearchError
from generator.outputs.search.record import Place, Record

__all__ = ["Asked", "Place", "Record", "Search", "SearchError", "SearchLanguage", "SearchRequest", "make_search"]
