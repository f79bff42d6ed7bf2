"""The copy of the site in one file: every link names a file, the bytes are the same every time, no network is asked."""

import re
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, expect

from generator.outputs.offline import Archive, digest_of, write_archive
from generator.outputs.offline.links import from_disk, without_links_to
from tests.built import golden_site
from tests.linkcheck import broken_links, external_loads

DISPUTE = "disputes/mill-quarrel/"
SOURCE = "sources/gazette/"
STATEMENT = "proof-issues-1-positions-1"


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("../x/", "../x/index.html"),
        ("../x/#a/", "../x/index.html#a/"),
        ("x/?q=1#a", "x/index.html?q=1#a"),
        (".", "./index.html"),
        ("./", "./index.html"),
        ("../..", "../../index.html"),
        ("..#top", "../index.html#top"),
        ("#a/", "#a/"),
        ("?q=/", "?q=/"),
        ("", ""),
        ("a.pdf", "a.pdf"),
        ("x..", "x.."),
        ("/de/", "/de/"),
        ("//host/", "//host/"),
        ("https://host/x/", "https://host/x/"),
        ("mailto:a@b/", "mailto:a@b/"),
    ],
)
def test_a_link_to_a_folder_leads_to_the_page_in_it(address: str, file: str) -> None:
    assert from_disk(f'<a class=x href="{address}">x</a>') == f'<a class=x href="{file}">x</a>'
    assert from_disk(f"<link rel=next href='{address}'>") == f"<link rel=next href='{file}'>"
    assert from_disk(f'<a title="1 > 0" href="{address}">') == f'<a title="1 > 0" href="{file}">'
    redirect = '<meta http-equiv="refresh" content="0; url={}">'
    assert from_disk(redirect.format(address)) == redirect.format(file)


@pytest.mark.parametrize(
    "text",
    [
        '<!-- <a href="x/"> -->',
        "<script>const link = '<a href=\"x/\">';</script>",
        '<style>/* <a href="x/"> */</style>',
        '<code>&lt;a href="x/"></code>',
        '<p title="href=x/">href="x/"</p>',
        '<meta name="description" content="see x/">',
        '<abbr data-x="x/">',
    ],
)
def test_what_is_no_link_stays(text: str) -> None:
    assert from_disk(text) == text


@given(st.text(alphabet="<>a /=\"'!-hrefx.#?", max_size=60))
def test_a_page_for_the_disk_stays_as_it_is(text: str) -> None:
    once = from_disk(text)
    assert from_disk(once) == once
    assert len(once) >= len(text)


def test_links_to_the_copy_are_text_in_the_copy() -> None:
    page = '<a href="../x.zip" download>the <b>copy</b></a> <a href="../y.zip">y</a>'
    assert without_links_to(page, "x.zip") == '<span>the <b>copy</b></span> <a href="../y.zip">y</a>'


def site_in(folder: Path) -> Path:
    for path, content in {
        "index.html": b'<a href="de/">de</a><a href="downloads/all.zip">all</a>',
        "404.html": b'<a href="/de/">',
        "de/index.html": b'<a href="..">up</a>',
        "de/sitemap.xml": b"",
        "downloads/all.zip": b"old",
        "downloads/book.pdf": b"%PDF",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def test_an_archive_is_the_same_whenever_it_is_made(tmp_path: Path) -> None:
    archives = []
    for name in ("one", "two"):
        site = site_in(tmp_path / name)
        archive = Archive(site, tmp_path / f"{name}.zip", "mill", 1_600_000_001, {"downloads/all.zip"})
        size, digest = write_archive(archive)
        assert (size, digest) == (archive.file.stat().st_size, digest_of(archive.file))
        archives.append(archive.file.read_bytes())
    assert archives[0] == archives[1]
    with zipfile.ZipFile(tmp_path / "one.zip") as zipped:
        found = {item.filename: zipped.read(item).decode() for item in zipped.infolist()}
        assert {(item.external_attr >> 16, item.create_system) for item in zipped.infolist()} == {(0o100644, 3)}
        assert zipped.infolist()[0].date_time == (2020, 9, 13, 12, 26, 40)
        assert zipped.getinfo("mill/downloads/book.pdf").compress_type == zipfile.ZIP_STORED
    assert found == {
        "mill/index.html": '<a href="de/index.html">de</a><span>all</span>',
        "mill/de/index.html": '<a href="../index.html">up</a>',
        "mill/downloads/book.pdf": "%PDF",
    }


@pytest.mark.parametrize("epoch", [0, 2**40])
def test_a_date_that_no_archive_can_bear_is_its_first(tmp_path: Path, epoch: int) -> None:
    write_archive(Archive(site_in(tmp_path / "site"), tmp_path / "a.zip", "mill", epoch))
    with zipfile.ZipFile(tmp_path / "a.zip") as zipped:
        assert zipped.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_a_failure_leaves_no_half_archive(tmp_path: Path) -> None:
    site = site_in(tmp_path / "site")
    (site / "de/index.html").write_bytes(b"\xff")
    with pytest.raises(UnicodeDecodeError):
        write_archive(Archive(site, tmp_path / "a.zip", "mill", 0))
    assert not (tmp_path / "a.zip").exists()


# --- the golden site, unpacked and read without a server ------------------------------------------------------


@pytest.fixture(scope="module", params=["mkdocs", "zensical"])
def unpacked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    [file] = (golden_site(with_downloads=True, engine=request.param) / "downloads").glob("*.zip")
    folder = tmp_path_factory.mktemp("stick")
    with zipfile.ZipFile(file) as zipped:
        zipped.extractall(folder)
    return folder / file.stem


@pytest.mark.slow
def test_no_link_of_the_copy_leads_to_a_folder_or_nowhere(unpacked: Path) -> None:
    assert broken_links(unpacked) == []
    assert external_loads(unpacked) == []
    led = set()
    for page in unpacked.rglob("*.html"):
        for address in re.findall(r'\shref="?([^"\s>]*)', page.read_text(encoding="utf-8")):
            if "//" not in address and not address.startswith("data:") and (path := re.split("[?#]", address)[0]):
                assert (page.parent / path).is_file(), (page, address)
                led.add((page.parent / path).resolve())
    # From page to page everything is reached but what each language begins with and what scripts load.
    assert {file for file in unpacked.rglob("*.html") if file.parent != unpacked} <= led
    assert {file for file in (unpacked / "downloads").rglob("*") if file.is_file()} <= led


@pytest.mark.slow
@pytest.mark.browser
def test_the_copy_is_read_without_a_server_or_a_network(browser: Browser, unpacked: Path) -> None:
    context = browser.new_context()
    context.set_offline(True)
    page = context.new_page()
    wrong: list[str] = []
    page.on("request", lambda request: None if request.url.startswith("file:") else wrong.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    root = unpacked.as_uri()
    page.goto(f"{root}/index.html")
    page.wait_for_url(re.compile(r"/(de|en)/index\.html$"))
    page.goto(f"{root}/de/index.html")
    page.locator(f"article a[href^='{DISPUTE}']").first.click()
    expect(page).to_have_url(f"{root}/de/{DISPUTE}index.html")
    page.locator("header .md-select").hover()
    page.locator("header .md-select a[hreflang=en]").click()
    expect(page).to_have_url(re.compile(f"^{root}/en/{DISPUTE}index.html"))
    page.locator(f"article a[href*='{SOURCE}index.html#q-']").first.click()
    expect(page).to_have_url(re.compile(f"{root}/en/{SOURCE}index.html#q-"))
    passage = page.url.partition("#")[2]
    expect(page.locator(f"#{passage} + mark")).to_be_in_viewport()
    page.locator(f"a[href*='{DISPUTE}index.html#{STATEMENT}']").first.click()
    expect(page).to_have_url(f"{root}/en/{DISPUTE}index.html#{STATEMENT}")
    page.evaluate("document.body.append(Object.assign(document.createElement('a'), {href: '../', id: 'made'}))")
    page.locator("#made").dispatch_event("click")
    expect(page).to_have_url(f"{root}/en/disputes/index.html")

    page.wait_for_load_state()  # a key that comes before the scripts is lost
    page.keyboard.press("/")
    page.locator("dialog input[type=search]").fill("sluice")
    page.locator("dialog a[href*='glossary/sluice/']").first.click()
    expect(page).to_have_url(re.compile(f"^{root}/en/glossary/sluice/index.html"))
    page.goto(f"{root}/en/chronology/index.html?actors=ada-quill")
    expect(page.locator(".sieve [role=status]")).to_have_text("1 of 3 shown")

    page.goto(f"{root}/de/{DISPUTE}index.html")
    page.locator(f"#{STATEMENT} a").first.hover()
    expect(page.locator("#dossier-preview")).to_be_visible()
    pdf = page.locator("a[href$='.pdf']").get_attribute("href")
    assert (unpacked / "de" / DISPUTE / str(pdf)).resolve().read_bytes().startswith(b"%PDF")

    page.goto(f"{root}/en/index.html")
    page.locator("a[href$='downloads/index.html']").first.click()
    expect(page).to_have_url(re.compile(f"^{root}/en/downloads/index.html"))
    offered = page.locator("ul.downloads a[download]")
    assert offered.count() > 15
    for address in offered.evaluate_all("links => links.map(link => link.href)"):
        assert Path(unquote(urlsplit(address).path)).stat().st_size > 0, address
    assert wrong == []
    context.close()
