"""How fast other tools look for the words of our lexicon: `language_peers.py TEXT`.

Each gets as much of the text as it can do in a minute or two. Processor time, findings made, nothing printed.
None of them knows contexts; what each finds beside the labels is in docs/language-quality.md.
"""
import io, json, pathlib, re, sys, time, zipfile
import yaml

LEXICON = pathlib.Path(__file__).resolve().parent.parent / "content/language/lexicon.yaml"


def expand(template):
    """Every form that a template such as `trouble-maker(|s)` stands for."""
    choice = re.search(r"\(([^()]*)\)", template)
    if not choice:
        return [" ".join(template.split())]
    before, after = template[: choice.start()], template[choice.end() :]
    return [form for option in choice[1].split("|") for form in expand(before + option + after)]


def tree(forms):
    """A regular expression of all forms with shared beginnings written once, so that it is fast."""
    root = {}
    for form in forms:
        node = root
        for char in form:
            node = node.setdefault(char, {})
        node[""] = {}

    def atom(char):
        if char in " -":
            return r"(?:\s*[-\u2010-\u2014]\s*|\s+)"
        return "['\u2019]" if char == "'" else re.escape(char)

    def write(node):
        ends = "" in node
        branches = [atom(char) + write(node[char]) for char in sorted(node) if char]
        if not branches:
            return ""
        body = branches[0] if len(branches) == 1 and not ends else "(?:" + "|".join(branches) + ")"
        return "(?:" + body + ")?" if ends else body

    return r"(?<!\w)(?:" + write(root) + r")(?!\w)"


def regex_union(entries):
    union = re.compile(tree({f.lower() for e in entries for f in e["all"]}), re.I)
    return lambda text: sum(1 for paragraph in text.split("\n\n") for _ in union.finditer(paragraph))


def proselint_checks(entries):
    from proselint.config import DEFAULT
    from proselint.registry import CheckRegistry
    from proselint.registry.checks import Check
    from proselint.registry.checks.engine import Fast, RegexOptions
    from proselint.registry.checks.types import Existence
    from proselint.tools import LintFile

    registry = CheckRegistry()
    for e in entries:
        items = tuple(re.escape(f).replace(r"\ ", r"\s+") for f in sorted(e["all"], key=len, reverse=True))
        registry.register(Check(check_type=Existence(items=items), engine=Fast(RegexOptions(case_insensitive=True)),
                                path="own." + e["id"], message="{}"))
    config = dict(DEFAULT, max_errors=10**9, checks={"own": True})
    return lambda text: len(LintFile("text", text).lint(config))


def harper_weirpack(entries):
    from harper import Linter

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as pack:
        about = dict(author="bench", version="0.1.0", description="bench", license="none", name="bench")
        pack.writestr("manifest.json", json.dumps(about))
        for e in entries:
            # Its rules know no numerals and no marks in a sequence.
            forms = ", ".join(f"({f})" for f in e["all"] if not set(f) & set("()[]{}<>$!,/0123456789"))
            pack.writestr(e["id"].replace("-", "_") + ".weir",
                          f'expr main [{forms}]\nlet message "m"\nlet description "d"\nlet kind "Style"\nlet becomes ["x"]\n')
    linter = Linter()
    linter.load_weirpack(packed.getvalue())
    ours = {e["id"].replace("-", "_") for e in entries}
    linter.set_lint_config({rule: rule in ours for rule in linter.get_lint_config()})
    return lambda text: sum(len(found) for rule, found in linter.organized_lints(text).items() if rule in ours)


def main():
    text = open(sys.argv[1], encoding="utf8").read()
    entries = yaml.safe_load(LEXICON.read_text(encoding="utf8"))["entries"]
    for e in entries:
        e["all"] = list(dict.fromkeys(form for template in e["forms"] for form in expand(template)))
    for name, make, megabytes in [
        ("one regular expression of all forms, tolerant of spaces and hyphens (Python re)", regex_union, 10),
        ("proselint 0.16, our forms as its checks", proselint_checks, 5),
        ("Harper (harper-py 0.2), our forms as its rules", harper_weirpack, 5),
    ]:
        work = make(entries)
        part = text[: megabytes * 1_000_000]
        size = len(part.encode()) / 1e6
        rates = []
        for _ in range(3):
            start = time.process_time()
            found = work(part)
            rates.append(size / (time.process_time() - start))
        rates.sort()
        print(f"{name}: {rates[1]:.2f} MB/s ({rates[0]:.2f} to {rates[2]:.2f}) on {size:.0f} MB, {found} found", flush=True)


main()
