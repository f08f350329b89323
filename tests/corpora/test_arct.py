import io
import tarfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from argmine.corpora import arct
from argmine.corpora.corpus import Corpus
from argmine.errors import CorpusError, FormatError

TEXT = "Trams \U0001f68b hum.\nWe like it. So keep them."
PREMISE = (
    '<types:Premise xmi:id="7" sofa="1" begin="6" end="13" properties="#x&#10;gist=They hum\\: nice\\u0021&#10;"/>'
)
METADATA = (
    "id,author,annotatedStance,timestamp,debateMetaData.title,debateMetaData.description,debateMetaData.url\n"
    '9,N,Keep trams,now,Rails,"Trams, or not?",/x\n'
    "10,N,Keep trams,now,Rails,Trams?,/x\n"
)


def xmi(annotations: str = PREMISE, text: str = TEXT) -> str:
    types = "http:///de/tudarmstadt/ukp/dkpro/argumentation/types.ecore"
    spaces = f'xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:types="{types}"'
    sofa = quoteattr(text, {"\n": "&#10;"})
    return f'<xmi:XMI {spaces}>{annotations}<cas:Sofa xmi:id="1" sofaString={sofa}/></xmi:XMI>'


def folder_of(tmp_path: Path, **files: str) -> Path:
    """The archive of these comments, named `n9` for 9.xmi."""
    place = tmp_path / "mturk" / "annotation-task" / "data"
    place.mkdir(parents=True)
    named = {f"{name.removeprefix('n')}.xmi": content for name, content in files.items()}
    with tarfile.open(place / arct.ARCHIVE, "w:bz2") as tar:
        for name, content in {**named, "metadata.csv": METADATA}.items():
            info = tarfile.TarInfo(f"x/{name}")
            info.size = len(content.encode())
            tar.addfile(info, io.BytesIO(content.encode()))
    return tmp_path


def test_read_orders_comments_by_number(tmp_path: Path) -> None:
    assert [g.id for g in arct.read(folder_of(tmp_path, n10=xmi(), n9=xmi())).graphs] == ["9", "10"]


def test_read_keeps_the_text_and_counts_offsets_in_utf_16(tmp_path: Path) -> None:
    graph = arct.read(folder_of(tmp_path, n9=xmi())).graphs[0]
    assert graph.text == TEXT
    assert [(c.id, c.type, c.label, c.start, c.end, c.text) for c in graph.components] == [
        ("T7", "premise", "Premise", 6, 12, "\U0001f68b hum.")
    ]


def test_read_keeps_stance_debate_and_gists(tmp_path: Path) -> None:
    assert arct.read(folder_of(tmp_path, n9=xmi())).graphs[0].meta == {
        "stance": "Keep trams",
        "title": "Rails",
        "debate": "Trams, or not?",
        "gists": {"T7": "They hum: nice!"},
    }


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (xmi(PREMISE.replace("Premise", "Backing")), r"9\.xmi: unknown component label 'Backing' in arct"),
        (xmi(PREMISE.replace('"13"', '"99"')), r"9\.xmi: offset 99 is beyond the text of"),
        (xmi(PREMISE.replace('"13"', '"x"')), r"9\.xmi: end must be a number, found 'x'"),
        (xmi(PREMISE.replace('begin="6"', "")), r"9\.xmi: an element Premise has no begin"),
        (xmi(PREMISE.replace('xmi:id="7"', "")), r"9\.xmi: an element Premise has no id"),
        ("<a/>", r"9\.xmi: one text was expected, found 0"),
        ("<a>", r"9\.xmi: no XML"),
    ],
)
def test_read_refuses_damage(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        arct.read(folder_of(tmp_path, n9=content))


def test_read_refuses_a_comment_without_metadata(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"8\.xmi: metadata\.csv does not name this comment"):
        arct.read(folder_of(tmp_path, n8=xmi()))


def test_read_refuses_a_comment_whose_name_is_no_number(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"9b\.xmi: a comment's name must be a number"):
        arct.read(folder_of(tmp_path, n9b=xmi()))


def test_read_says_when_no_comment_is_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no \.xmi files"):
        arct.read(folder_of(tmp_path))


def test_read_says_when_the_archive_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be read as an archive"):
        arct.read(tmp_path)


@pytest.fixture(scope="module")
def corpus(corpora: Path) -> Corpus:
    return arct.read(corpora / "arct")


@pytest.mark.corpus
def test_counts_are_those_of_the_data(corpus: Corpus) -> None:
    counts = corpus.counts()
    assert counts.documents == 1_927
    assert counts.component_labels == {"Premise": 4_294}
    assert counts.all_relations == 0
    assert corpus.repairs == ()


@pytest.mark.corpus
def test_every_reason_has_its_gist(corpus: Corpus) -> None:
    for graph in corpus.graphs:
        gists = graph.meta["gists"]
        assert isinstance(gists, dict)
        assert set(gists) == {c.id for c in graph.components}
