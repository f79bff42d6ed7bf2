"""A small village's site, built by both engines, whole and in parts."""

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
import yaml

from generator.lang import LANGS, Lang
from generator.outputs.site import (
    Addition,
    NavItem,
    SiteError,
    SiteLanguage,
    SiteReport,
    SiteRequest,
    build_site,
    served,
)
from generator.outputs.site.config import THEME, Folders, derive
from generator.outputs.site.engines import Engine
from generator.publish import update_tree, write_tree
from generator.stage import Stage
from tests.linkcheck import broken_links, external_loads, page_urls

HOME = Path(__file__).parents[1]
HOSTILE = 'Müller\'s "<script>alert(1)</script>" & {{ 1 }} {% x %} # : - [x](javascript:1) \U0001f3da'
FOLDERS = Folders("pages/de", "preview/de")
NAMES = {"de": "Deutsch", "en": "English"}


def page(title: str, body: str) -> bytes:
    return f'---\ntitle: "{title}"\ndescription: "Of {title}"\n---\n# {title}\n\n{body}\n'.encode()


def village(lang: str) -> dict[str, bytes]:
    return {
        "index.md": page(f"Village {lang}", "To the [mills](mills/index.md)."),
        "mills/index.md": page("Mills", "- [North](north.md)\n- [South](south.md#quarrel)"),
        "mills/north.md": page("North", "Beside [South](south.md).\n\n## Wheel\n\nIt turns.\n\nOak\n:   a tree"),
        "mills/south.md": page("South", '## Quarrel\n\n<p id="q1">About <mark>water</mark>.</p>\n\n[1](#q1)'),
        "register/index.md": page("Register", "Where the search leads who has no script."),
        "assets/dossier.css": b"mark{color:inherit}",
        "assets/dossier.js": b"// nothing",
    }


def request(build: Path, engine: Engine = "mkdocs", url: str | None = None, **more: str) -> SiteRequest:
    languages = tuple(
        SiteLanguage(
            lang=lang,
            name=NAMES[lang],
            title=HOSTILE,
            description=HOSTILE,
            nav=(NavItem(HOSTILE, "index.md"), NavItem("Mills", "mills/index.md")),
            pages=build / "pages" / lang,
            site_url=url,
            repo_url="https://example.org/village",
            changed=frozenset(),
        )
        for lang in LANGS
    )
    project, fingerprint = Path(more.get("project", HOME)), more.get("fingerprint", "1")
    return SiteRequest(project, build, engine, languages, fingerprint, lambda _message: None)


def build(folder: Path, files: Mapping[Lang, Mapping[str, bytes]] | None = None, **more: str) -> SiteReport:
    for lang in LANGS:
        write_tree((files or {}).get(lang, village(lang)), folder / "pages" / lang)
    return build_site(request(folder, **more))  # type: ignore[arg-type]


def held(folder: Path) -> dict[str, bytes]:
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("village") / "build"
    assert build(folder).extent == "all"
    return folder


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    """A build folder of one's own, as the last build left it."""
    folder = tmp_path / "build"
    shutil.copytree(built, folder)
    return folder


@pytest.mark.slow
def test_the_site_is_whole_and_loads_nothing_from_elsewhere(built: Path) -> None:
    site = built / "site"
    folders = {
        f"{lang}/{path}" for lang in LANGS for path in ("", "mills/", "mills/north/", "mills/south/", "register/")
    }
    assert page_urls(site) == {"", "404.html", *folders}
    assert broken_links(site) == []
    assert external_loads(site) == []


@pytest.mark.slow
def test_additions_are_published_with_the_pages_and_only_when_they_are_new(copy: Path) -> None:
    def extended(mark: str) -> SiteReport:
        made: list[str] = []

        def add(stage: Stage) -> None:
            assert (stage.folder / "de/mills/north/index.html").is_file()
            stage.write("extra/mark.txt", "".join(made).encode())

        added = (Addition(lambda: mark, add),)
        return build_site(replace(request(copy), additions=added, meanwhile=lambda: made.append(mark)))

    assert extended("one").extent == "changed"
    assert extended("one").extent == "nothing"
    assert extended("two").built == 0
    assert (copy / "site/extra/mark.txt").read_bytes() == b"two"


@pytest.mark.slow
def test_an_addition_that_fails_leaves_the_old_site(copy: Path) -> None:
    def fail(_stage: Stage) -> None:
        raise SiteError("no")

    before = held(copy / "site")
    with pytest.raises(SiteError):
        build_site(replace(request(copy), additions=(Addition(lambda: "one", fail),)))
    assert held(copy / "site") == before


@pytest.mark.slow
def test_titles_are_shown_and_run_nothing(built: Path) -> None:
    for file in (built / "site").rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert "<script>alert" not in text
        if file.name == "index.html":
            assert HOSTILE in unescape(text)


@pytest.mark.slow
def test_the_language_switch_stays_on_the_page(built: Path) -> None:
    text = (built / "site" / "de" / "mills" / "north" / "index.html").read_text(encoding="utf-8")
    assert '<a href="../../../en/mills/north/" hreflang="en"' in text
    assert '<link rel="alternate " href="../../../en/mills/north/" hreflang="en">' in text
    assert 'rel="alternate"' not in text


@pytest.mark.slow
def test_nothing_is_built_when_nothing_changed(copy: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in (copy / "site").rglob("*")}
    assert build_site(request(copy)) == SiteReport(copy / "site", "nothing", 0)
    assert before == {file: file.stat().st_mtime_ns for file in (copy / "site").rglob("*")}


@pytest.mark.slow
def test_a_part_built_anew_equals_a_whole_build(copy: Path, tmp_path: Path) -> None:
    published = tmp_path / "published"
    shutil.copytree(copy / "site", published, copy_function=lambda old, new: Path(new).hardlink_to(old))
    before = held(published)
    old_stamp = (copy / "site" / "de" / "mills" / "south" / "index.html").stat().st_mtime_ns
    files = {lang: village(lang) for lang in LANGS}
    files["de"]["mills/north.md"] = page("North", "It burned down.\n\n## Fire\n\nSee [East](east.md).")
    files["de"]["mills/east.md"] = page("East", "## Sails\n\nNew.")
    files["de"]["assets/dossier.css"] = b"mark{color:red}"
    for lang in LANGS:
        write_tree(files[lang], copy / "pages" / lang)
    assert build_site(request(copy)) == SiteReport(copy / "site", "changed", 3)
    build(tmp_path / "whole", files)
    assert held(copy / "site") == held(tmp_path / "whole" / "site")
    assert (copy / "site" / "de" / "mills" / "south" / "index.html").stat().st_mtime_ns == old_stamp
    assert held(published) == before

    # And back again: a page and an asset go.
    write_tree(village("de"), copy / "pages" / "de")
    assert build_site(request(copy)).extent == "changed"
    assert held(copy / "site") == before


@pytest.mark.slow
def test_only_what_is_new_gets_a_new_time_stamp(copy: Path) -> None:
    def stamps() -> dict[str, int]:
        site = copy / "site"
        return {f.relative_to(site).as_posix(): f.stat().st_mtime_ns for f in site.rglob("*") if f.is_file()}

    for text in ("It burned down.", "It stands again."):
        before = stamps()
        update_tree({"mills/north.md": page("North", text)}, [], copy / "pages/de")
        assert build_site(request(copy)).built == 1
        assert [path for path, stamp in stamps().items() if before[path] != stamp] == ["de/mills/north/index.html"]


@pytest.mark.slow
@pytest.mark.parametrize("gone", ["", "de", "en/assets", "de/mills", "en/mills/north"])
@pytest.mark.parametrize("is_linked", [False, True])
def test_what_was_removed_by_hand_is_built_again(copy: Path, tmp_path: Path, gone: str, *, is_linked: bool) -> None:
    before = held(copy / "site")
    folder = copy / "site" / gone
    if is_linked and gone:
        folder.rename(tmp_path / "outside")
        folder.symlink_to(tmp_path / "outside")
    else:
        shutil.rmtree(folder)
    assert build_site(request(copy)).extent == "all"
    assert not folder.is_symlink()
    assert held(copy / "site") == before
    assert build_site(request(copy)).extent == "nothing"


@pytest.mark.slow
def test_a_new_date_shows_in_the_site_map_alone(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = held(copy / "site")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert build_site(request(copy)).extent == "changed"
    after = held(copy / "site")
    assert {path for path, content in after.items() if before[path] != content} <= {
        f"{lang}/sitemap.xml{end}" for lang in LANGS for end in ("", ".gz")
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changed", "removed", "words"),
    [
        ({"mills/north.md": page("North", "[x](nowhere.md)")}, [], "nowhere.md"),
        ({"mills/north.md": page("North", "[x](south.md#nowhere)")}, [], "#nowhere"),
        ({"mills/south.md": page("South", "No heading.")}, [], "'#quarrel'"),
        ({"mills/index.md": page("Mills", "None.")}, ["mills/south.md"], "south.md"),
    ],
    ids=["link", "anchor", "anchor of an unchanged page", "link of an unchanged page"],
)
def test_a_broken_link_publishes_nothing(copy: Path, changed: dict[str, bytes], removed: list[str], words: str) -> None:
    before = held(copy / "site")
    update_tree(changed, removed, copy / "pages" / "de")
    for _ in range(2):
        with pytest.raises(SiteError, match=re.escape(words)):
            build_site(request(copy))
        assert held(copy / "site") == before
    write_tree(village("de"), copy / "pages" / "de")
    assert build_site(request(copy)).extent in {"changed", "all"}
    assert held(copy / "site") == before


@pytest.mark.slow
def test_what_makes_the_site_builder_stumble_is_said_in_a_line(copy: Path) -> None:
    update_tree({"mills/north.md": page("North", "[x](https://[::1/)")}, [], copy / "pages" / "en")
    with pytest.raises(SiteError, match=r"mills/north\.md(.|\n)*ValueError") as caught:
        build_site(request(copy))
    assert "Traceback" not in str(caught.value)


@pytest.mark.slow
@pytest.mark.parametrize("memory", [None, "nonsense", "{}"])
def test_when_the_last_build_is_forgotten_everything_is_built(copy: Path, memory: str | None) -> None:
    before = held(copy / "site")
    file = copy / "work" / "site-de.json"
    file.unlink() if memory is None else file.write_text(memory)
    update_tree({"mills/north.md": village("de")["mills/north.md"] + b"\n"}, [], copy / "pages" / "de")
    assert build_site(request(copy)).extent == "all"
    assert held(copy / "site") == before
    (copy / "work" / "site.json").write_text(memory or "[]")
    assert build_site(request(copy)).extent == "all"


@pytest.mark.slow
def test_a_long_build_says_how_far_it_is_and_folders_come_and_go(tmp_path: Path) -> None:
    many = {lang: village(lang) | {f"more/{i}.md": b"# M" for i in range(101)} for lang in LANGS}
    said: list[str] = []
    for lang in LANGS:
        write_tree(many[lang], tmp_path / "pages" / lang)
    build_site(replace(request(tmp_path), progress=said.append))
    assert "site, Deutsch: 100 of 106 pages read" in said
    build(tmp_path)
    assert not (tmp_path / "site" / "de" / "more").exists()
    build(tmp_path / "whole")
    assert held(tmp_path / "site") == held(tmp_path / "whole" / "site")


@pytest.mark.slow
def test_zensical_makes_the_same_addresses(built: Path, tmp_path: Path) -> None:
    site = build(tmp_path / "build", engine="zensical").site
    assert page_urls(site) == page_urls(built / "site")
    assert broken_links(site) == []
    assert external_loads(site) == []
    text = (site / "de" / "mills" / "north" / "index.html").read_text(encoding="utf-8")
    assert '<a href="../../../en/mills/north/" hreflang="en"' in text
    assert "<script>alert" not in text
    assert build_site(request(tmp_path / "build", engine="zensical")).extent == "nothing"
    update_tree({"mills/north.md": page("North", "[x](nowhere.md)")}, [], tmp_path / "build" / "pages" / "de")
    before = held(site)
    with pytest.raises(SiteError, match="Zensical"):
        build_site(request(tmp_path / "build", engine="zensical"))
    assert held(site) == before


@pytest.mark.slow
def test_an_address_and_a_sub_path(tmp_path: Path) -> None:
    site = build(tmp_path / "build", url="https://example.org/village/").site
    assert broken_links(site, "/village/") == []
    text = (site / "en" / "mills" / "index.html").read_text(encoding="utf-8")
    assert '<link rel="alternate " href="https://example.org/village/de/mills/" hreflang="de">' in text
    assert '<a href="../../de/mills/" hreflang="de"' in text
    assert "https://example.org/village/en/mills/north/" in (site / "en" / "sitemap.xml").read_text()
    assert 'href="/village/de/"' in (site / "404.html").read_text(encoding="utf-8")
    assert build_site(request(tmp_path / "build", url="https://example.org/village/", fingerprint="2")).extent == "all"


@pytest.mark.slow
def test_the_configuration_works_by_hand(tmp_path: Path) -> None:
    for lang, name in (("de", "mkdocs.yml"), ("en", "mkdocs.en.yml")):
        write_tree(village(lang), tmp_path / "build" / "pages" / lang)
        shutil.copy(HOME / name, tmp_path)
    shutil.copytree(THEME, tmp_path / "generator" / "outputs" / "site" / "theme")
    for name in ("mkdocs.yml", "mkdocs.en.yml"):
        command = [sys.executable, "-W", "ignore", "-m", "mkdocs", "-q", "build", "--strict", "-f", name]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    shutil.rmtree(tmp_path / "build" / "preview" / "de" / "404.html", ignore_errors=True)
    for page_404 in (tmp_path / "build" / "preview").glob("*/404.html"):
        page_404.unlink()  # its links are absolute: it needs the address that only the dossier knows
    assert broken_links(tmp_path / "build" / "preview") == []
    text = (tmp_path / "build" / "preview" / "en" / "mills" / "north" / "index.html").read_text(encoding="utf-8")
    assert "Dark mode" in text


def language(tmp_path: Path, **more: str) -> SiteLanguage:
    return SiteLanguage("de", "Deutsch", HOSTILE, "", (NavItem("A: b", "index.md"),), tmp_path, **more)  # type: ignore[arg-type]


def test_the_derived_configuration(tmp_path: Path) -> None:
    one = language(tmp_path, site_url="https://example.org/a&b")
    config = yaml.safe_load(derive(tmp_path, one, (one,), FOLDERS))
    assert unescape(config["site_name"]) == HOSTILE
    assert "<" not in config["site_name"]
    assert config["site_url"] == "https://example.org/a&amp;b/de/"
    assert config["nav"] == [{"A: b": "index.md"}]
    assert config["theme"]["font"] is False
    assert config["theme"]["custom_dir"] == str(THEME)
    assert config["extra"]["alternate"] == []
    assert config["extra_css"] == []
    assert "repo_url" not in config


def test_a_project_may_bring_its_own_look(tmp_path: Path) -> None:
    (tmp_path / "look").mkdir()
    (tmp_path / "base.yml").write_text("theme: {name: material, language: de}\nextra: {a: 1}\nplugins: [search]")
    (tmp_path / "mkdocs.yml").write_text("INHERIT: base.yml\ntheme: {custom_dir: look}\nplugins: []")
    one = language(tmp_path)
    config = yaml.safe_load(derive(tmp_path, one, (one,), FOLDERS))
    assert config["theme"] == {"name": "material", "language": "de", "custom_dir": str(tmp_path / "look")}
    assert config["extra"]["a"] == 1
    assert config["plugins"] == []
    (tmp_path / "mkdocs.yml").write_text("theme: mkdocs")
    assert yaml.safe_load(derive(tmp_path, one, (one,), FOLDERS))["theme"]["name"] == "mkdocs"


@pytest.mark.parametrize("text", ["a: [", "- a", "a: !!python/name:os.system", "INHERIT: gone.yml"])
def test_a_bad_configuration_is_said_in_one_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text)
    one = language(tmp_path)
    with pytest.raises(SiteError, match=r"\.yml"):
        derive(tmp_path, one, (one,), FOLDERS)


def test_an_address_is_one_of_the_web(tmp_path: Path) -> None:
    one = language(tmp_path, repo_url="javascript:alert(1)")
    with pytest.raises(SiteError, match="no address"):
        derive(tmp_path, one, (one,), FOLDERS)


def test_the_folder_is_served_to_this_machine(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mill")
    with served(tmp_path) as address:
        with urlopen(address) as answer:  # noqa: S310 - our own server
            assert answer.read() == b"mill"
        gone = f"{address}gone"
        with pytest.raises(HTTPError), urlopen(gone):  # noqa: S310 - our own server
            pass


def test_the_link_checker_sees_what_is_broken(tmp_path: Path) -> None:
    (tmp_path / "a b").mkdir()
    (tmp_path / "a b" / "index.html").write_text('<p id="x">é</p><a name="old"></a><a href="../">up</a>')
    (tmp_path / "index.html").write_text(
        '<a href="a%20b/#x">ok</a><a href="a%20b/#old">ok</a><a href="#">ok</a><a href="/sub/a%20b/">ok</a>'
        '<a href="https://x.org/">ok</a><a href="mailto:x">ok</a><img srcset="a%20b/ 1x, gone.png 2x">'
        '<a href="a%20b/#y">no</a><a href="c/">no</a><a href="../out.html">no</a><a href="/a%20b/">no</a>'
        '<a href="a%20b">a folder</a><a href="https://[::1/">no</a><script src="//x.org/y.js"></script>'
        '<link rel="stylesheet" href="http://x.org/z.css"><p style="background:url(https://x.org/i)">'
    )
    (tmp_path / "s.css").write_text('@import "https://x.org/f.css"; a{b:url(data:x)}')
    found = {line.removeprefix("index.html: ") for line in broken_links(tmp_path, "/sub/")}
    assert found == {"gone.png", "a%20b/#y", "c/", "../out.html", "/a%20b/", "a%20b", "https://[::1/"}
    assert external_loads(tmp_path) == [
        "index.html: //x.org/y.js",
        "index.html: http://x.org/z.css",
        "index.html: https://x.org/i",
        "s.css: https://x.org/f.css",
    ]
    (tmp_path / "empty").mkdir()
    assert broken_links(tmp_path / "empty")
