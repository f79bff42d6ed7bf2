"""The static site: folders of Markdown in, a folder of HTML per language out, by MkDocs or Zensical."""

from generator.outputs.site.build import Addition, SiteReport, SiteRequest, build_site
from generator.outputs.site.config import NavItem, SiteError, SiteLanguage
from generator.outputs.site.engines import Engine
from generator.outputs.site.serve import serve_folder, served

__all__ = [
    "Addition",
    "Engine",
    "NavItem",
    "SiteError",
    "SiteLanguage",
    "SiteReport",
    "SiteRequest",
    "build_site",
    "serve_folder",
    "served",
]
