"""Files of this project with something wrong in them, and logos made to do harm: read, or refused in a sentence."""

import io
import json
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from data.area.area import load_area
from data.area.investigations import investigation_log
from data.area.measures import read_measures
from data.area.settings import default_area, public_address
from data.area.sources import read_sources, record_decision
from data.area.twin_layer import twin_layer
from data.keeping.home import SHIPPED
from feedback.contributions.exchange import import_contributions
from feedback.people.role_map import read_role_map
from feedback.people.roles import Role
from forecasting.values.adoption import adopt, adoptions
from forecasting.values.threshold_set import ThresholdSet
from language import UserError, language
from reports import workbook_store
from reports.picture_register import entries
from tests.unit.data.mutating import mutations
from visuals.studio.layout.brand import read_brand

FEW, MANY = 500, 10_000
AREA = "scheveningen"
ZONES = ("boulevard-midden", "boulevard-zuid", "strand-midden", "strand-zuid", "pier", "keizerstraat")
BRAND = b'name = "Gemeente"\ntone = "advice"\n[colours]\naccent = "#7A1F5C"\n[levels]\nred = "#8E1B3A"\n'

Reader = tuple[Path, Callable[[], object]]


def small_area(folder: Path) -> None:
    """Put the shipped area into a folder, with so little of each kind that reading it takes a millisecond."""
    folder.mkdir(parents=True)
    shutil.copy(SHIPPED / AREA / "area.toml", folder)
    for name, kept in (("sources.toml", 1), ("measures.toml", 2)):
        head, *tables = (SHIPPED / AREA / name).read_text("utf-8").split("\n[[")
        (folder / name).write_text("\n[[".join([head, *tables[:kept]]), "utf-8")
    zones = json.loads((SHIPPED / AREA / "zones.geojson").read_text("utf-8"))
    zones["features"] = [one for one in zones["features"] if one["properties"]["zone_id"] in ZONES]
    (folder / "zones.geojson").write_text(json.dumps(zones), "utf-8")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    small_area(tmp_path / "areas" / AREA)
    return tmp_path


def of_area(name: str, read: Callable[[], object], home: Path) -> Reader:
    return home / "areas" / AREA / name, read


def brand(home: Path) -> Reader:
    (home / "brand.toml").write_bytes(BRAND)
    return home / "brand.toml", lambda: read_brand(home / "brand.toml")


def roles(home: Path) -> Reader:
    (home / "roles.toml").write_text(
        'claim = "groups"\n[roles]\nsteward = ["beheer", "ict"]\nprofessional = ["politie"]\n'
    )

    def read() -> Role | None:
        found = read_role_map()
        return found and found.role_for({"groups": ["x", "Buurt", 3, None], "email": "a@b.nl"})

    return home / "roles.toml", read


def measures(home: Path) -> Reader:
    area = load_area(AREA)
    return of_area("measures.toml", lambda: read_measures(area), home)


def settings(home: Path) -> Reader:
    (home / "settings.toml").write_text('default_area = "auckland"\npublic_address = "https://a.example"\n')
    return home / "settings.toml", lambda: (default_area(), public_address())


def decisions(home: Path) -> Reader:
    for number in range(3):
        record_decision(AREA, read_sources(AREA)[0].id, "pending", "raad", f"reden {number}")
    return of_area("decisions.jsonl", lambda: read_sources(AREA), home)


def adopted(home: Path) -> Reader:
    how = {"body": "klankbordgroep", "role": "steward", "reason": "Zo voelt het daar."}
    for limit in (3, 4):
        adopt(load_area(AREA), ThresholdSet(zones={"keizerstraat": (1, 2, limit)}), **how)  # type: ignore[arg-type]
    (path,) = (path for path in (home / "areas" / AREA).iterdir() if "Zo voelt" in path.read_text("utf-8"))
    return path, lambda: adoptions(AREA)


def workbook(home: Path) -> Reader:
    edit_id = workbook_store.begin()
    workbook_store.change(edit_id, lambda book: book.titled("Zomer"))
    (path,) = (home / "workbooks").glob("*.json")
    return path, lambda: workbook_store.load(edit_id)


def pictures(home: Path) -> Reader:
    path = home / "pictures" / "log.jsonl"
    path.parent.mkdir()
    line = {"deed": "withdrawn", "picture": "x", "role": "professional", "person": "p", "at": "2026-08-03T10:00:00Z"}
    path.write_text(json.dumps(line) + "\n")
    return path, entries


def contributions(home: Path) -> Reader:
    path, area = home / "in.csv", load_area(AREA)
    rows = "resident,Te druk,orange,pier,2026-08-03T14:00\nvisitor,,red,pier,2026-08-03T15:00\n"
    path.write_text(f"role,text,felt,zone,hour\n{rows}")
    return path, lambda: import_contributions(path, area, "nl")


def twin(home: Path) -> Reader:
    line = {"type": "LineString", "coordinates": [[4.281, 52.117], [4.282, 52.118]]}
    features = [{"type": "Feature", "properties": {}, "geometry": line}]
    kept = {"type": "FeatureCollection", "name_nl": "Gebouwen", "credit": "Gemeente", "features": features}
    (home / "areas" / AREA / "twin.geojson").write_text(json.dumps(kept), "utf-8")
    area = load_area(AREA)
    return of_area("twin.geojson", lambda: twin_layer(area), home)


def investigated(home: Path) -> Reader:
    source = read_sources(AREA)[0].id
    log = home / "areas" / AREA / "investigations.jsonl"
    given = {"source": source, "by": "raad", "why": "eerst zien", "session": "mei", "at": "2026-07-01T12:00:00Z"}
    log.write_text("".join(json.dumps({"what": what} | given) + "\n" for what in ("allowed", "ended")), "utf-8")
    return log, lambda: investigation_log(AREA)


READERS: dict[str, Callable[[Path], Reader]] = {
    "area": lambda home: of_area("area.toml", lambda: load_area(AREA), home),
    "sources": lambda home: of_area("sources.toml", lambda: read_sources(AREA), home),
    "measures": measures,
    "settings": settings,
    "brand": brand,
    "roles": roles,
    "decisions": decisions,
    "twin": twin,
    "investigated": investigated,
    "adopted": adopted,
    "workbook": workbook,
    "pictures": pictures,
    "contributions": contributions,
}


def attacked(home: Path, kind: str, number: int, seed: int) -> int:
    """Let a reader read so many damaged files; return how many it took."""
    path, read = READERS[kind](home)
    original, taken = path.read_bytes(), 0
    for at, content in mutations([original], number, seed):
        path.write_bytes(content)
        try:
            read()
        except UserError as error:
            error.say(language("nl"))
            continue
        except Exception as error:
            raise AssertionError(f"{kind}, seed {seed}, number {at}: {type(error).__name__}: {error}") from error
        taken += 1
    return taken


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", READERS)
def test_a_file_of_ours_that_was_damaged_is_read_or_refused(home: Path, kind: str) -> None:
    assert attacked(home, kind, FEW, 21) > 0


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", READERS)
def test_ten_thousand_damaged_files_of_ours(home: Path, kind: str) -> None:
    attacked(home, kind, MANY, 22)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">%s</svg>'
ENTITIES = b"".join(b'<!ENTITY e%d "%s">' % (n + 1, b"&e%d;" % n * 10) for n in range(30))
SVGS = (
    SVG % b"<script>alert(1)</script>",
    SVG % b'<image href="https://e.example/i.png"/><use href="file:///etc/passwd#x"/>',
    b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + SVG % b"&x;",
    b'<!DOCTYPE svg [<!ENTITY e0 "a">' + ENTITIES + b"]>" + SVG % b"&e30;",
    SVG % (b"<g/>" * 400_000),
)


def png(width: int, height: int) -> bytes:
    """A small file that says it is a picture of this size, all of one colour."""
    out = io.BytesIO()
    Image.new("1", (8, 8)).save(out, "PNG")
    data = bytearray(out.getvalue())
    data[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


@pytest.mark.parametrize("logo", [*SVGS, png(5000, 5000), png(40_000, 40_000), b"GIF89a", b""], ids=range(9))
@pytest.mark.parametrize("name", ["logo.svg", "logo.png"])
def test_a_logo_that_would_do_harm_is_refused(home: Path, logo: bytes, name: str) -> None:
    (home / name).write_bytes(logo)
    (home / "brand.toml").write_text(f'name = "Gemeente"\nlogo = "{name}"\n')
    with pytest.raises(UserError) as refused:
        read_brand(home / "brand.toml")
    assert name in refused.value.say(language("en"))
