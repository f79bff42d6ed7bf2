"""Makes the configuration of one language's site out of `mkdocs.yml` and what the dossier says of itself.

In come the file that a maintainer edits and a `SiteLanguage`; out goes YAML that holds everything, with
nothing to inherit: the two site builders merge inherited lists differently. Knows the settings of MkDocs, not
how it builds. Titles come from strangers and the theme escapes nothing, so everything that comes from a
dossier is escaped here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any, Final

import yaml

from generator.lang import Lang

THEME: Final = Path(__file__).with_name("theme")
_HOME: Final = Path(__file__).parents[3]
_FILES: Final[Mapping[Lang, str]] = {"de": "mkdocs.yml", "en": "mkdocs.en.yml"}


@dataclass(frozen=True, slots=True)
class NavItem:
    """A section of the navigation: its title as text, the path of its page below the language's pages."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class SiteLanguage:
    """One language of the site; `changed` and `removed` are paths below `pages`, None means everything.

    `site_url` is the address of the whole site, above its languages. What changed since the last site is also found
    out from the files: a path left out does no harm. `about` is what our theme says of the dossier: texts, numbers,
    lists and mappings of such.
    """

    lang: Lang
    name: str
    title: str
    description: str
    nav: tuple[NavItem, ...]
    pages: Path
    site_url: str | None = None
    repo_url: str | None = None
    about: Mapping[str, object] = field(default_factory=dict)
    changed: frozenset[str] | None = field(default=None)
    removed: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the pages lie and where the site goes, relative to the configuration: Zensical needs that."""

    pages: str
    site: str


class SiteError(Exception):
    """The site cannot be built; the text is the site builder's own."""


def home(language: SiteLanguage) -> str | None:
    """Return the address of the language's own home page, if the site has an address."""
    return f"{language.site_url.rstrip('/')}/{language.lang}/" if language.site_url else None


def derive(project: Path, language: SiteLanguage, languages: tuple[SiteLanguage, ...], folders: Folders) -> str:
    """Return the whole configuration of a language as YAML."""
    base = _base_file(project, language.lang)
    config = _load(base)
    config |= {
        "site_name": escape(language.title),
        "site_description": escape(language.description),
        "docs_dir": folders.pages,
        "site_dir": folders.site,
        "nav": [{escape(item.title): item.path} for item in language.nav],
        "theme": _theme(config.get("theme"), base.parent),
        "extra": _extra(config.get("extra"), language, languages),
        "extra_css": _present(config.get("extra_css"), language.pages),
        "extra_javascript": _present(config.get("extra_javascript"), language.pages),
    }
    config.pop("site_url", None)
    config.pop("repo_url", None)
    if address := home(language):
        config["site_url"] = _address(address)
    return yaml.safe_dump(config, allow_unicode=True, sort_keys=True, width=10_000)


def _base_file(project: Path, lang: Lang) -> Path:
    """Return the project's own configuration of a language, or the one that comes with Dossier."""
    for folder in (project, _HOME):
        if (file := folder / _FILES[lang]).is_file():
            return file
    raise SiteError(f"{_FILES[lang]} is missing in {project}")


def _load(file: Path) -> dict[str, Any]:
    """Read a configuration and what it inherits: mappings are merged, all else is replaced, as in MkDocs."""
    try:
        config = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise SiteError(f"{file}: {error}") from error
    if not isinstance(config, dict):
        raise SiteError(f"{file} is not a mapping of settings")
    parent = config.pop("INHERIT", None)
    return config if parent is None else _merge(_load(file.parent / str(parent)), config)


def _merge(parent: Mapping[str, Any], child: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(parent)
    for key, value in child.items():
        old = merged.get(key)
        merged[key] = _merge(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


def _theme(given: object, base: Path) -> dict[str, Any]:
    theme = dict(given) if isinstance(given, dict) else {"name": given or "material"}
    own = base / str(theme.get("custom_dir", ""))
    theme["custom_dir"] = str((own if theme.get("custom_dir") and own.is_dir() else THEME).resolve())
    return theme


def _extra(given: object, language: SiteLanguage, languages: tuple[SiteLanguage, ...]) -> dict[str, Any]:
    extra = dict(given) if isinstance(given, dict) else {}
    extra["alternate"] = [_alternate(one) for one in languages] if len(languages) > 1 else []
    if language.about:
        extra["dossier"] = _escaped(language.about)
    if language.repo_url:
        # Not `repo_url`: the theme would ask GitHub about the repository whenever a page is shown.
        link = {
            "icon": "material/source-repository",
            "link": _address(language.repo_url),
            "name": "Repository",
        }
        extra["social"] = [*extra.get("social", ()), link]
    return extra


def _escaped(value: object) -> Any:  # noqa: ANN401 - the same value, as YAML takes it
    match value:
        case str():
            return escape(value)
        case Mapping():
            return {key: _escaped(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_escaped(inner) for inner in value]
        case _:
            return value


def _alternate(language: SiteLanguage) -> dict[str, str]:
    alternate = {"name": escape(language.name), "link": f"../{language.lang}/", "lang": language.lang}
    address = home(language)
    return alternate | ({"site_url": _address(address)} if address else {})


def _address(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        raise SiteError(f"{url} is no address of a site")
    return escape(url)


def _present(given: object, pages: Path) -> list[str]:
    """Keep the files that lie among the pages; an address of another host is none of them."""
    return (
        [path for path in given if isinstance(path, str) and (pages / path).is_file()]
        if isinstance(given, list)
        else []
    )
