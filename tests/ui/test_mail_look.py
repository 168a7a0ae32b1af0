"""How HTML mail looks: samples of the usual programs, light and dark, ordinary and large type, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QColor, QFont, QHelpEvent, QImage, QTextCursor, QTextOption
from PySide6.QtWidgets import QApplication, QScrollArea, QToolTip

from deskhelp.settings import Settings
from deskhelp.ui import theme
from deskhelp.ui.labels import plain_tip
from deskhelp.ui.panes.mail_text import MailText, linked, narrowed
from deskhelp.ui.panes.message_card import MessageCard
from deskhelp.ui.panes.night import darkened
from deskhelp.ui.pictures import MAX_PIXELS, Gallery
from tests.support.shown_mail import body_of, card_of, mail_of
from tests.ui.test_conversation import png

LOOKS = Path(__file__).resolve().parent.parent / "support" / "looks"
NAMES = sorted(path.stem for path in LOOKS.glob("*.html"))
PICTURES = {"logo@01": png(96), "ii_lq1": png(1_200), "5B2F@x": png(2_400)}
READABLE = 3.0
"""The contrast of large print (WCAG 2.2, 1.4.3): the senders' own greys are theirs to choose."""


def page_of(name: str) -> str:
    return (LOOKS / f"{name}.html").read_text("utf-8")


class Stage:
    """A pane of some width in which cards are shown."""

    def __init__(self) -> None:
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.show()

    def show(self, page: str, width: int = 760, settings: Settings | None = None) -> MessageCard:
        inside = {name: data for name, data in PICTURES.items() if name in page}
        card = card_of(body_of(mail_of(page, inside)), settings)
        self._area.resize(width, 700)
        self._area.setWidget(card)
        self._area.grab()
        return card

    def close(self) -> None:
        self._area.close()


@pytest.fixture
def stage(app: QApplication) -> Iterator[Stage]:
    found = Stage()
    yield found
    found.close()


def reader_of(card: MessageCard) -> MailText:
    (reader,) = card.findChildren(MailText)
    return reader


def enlarge(app: QApplication, factor: float) -> None:
    font = QFont(app.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    app.setFont(font)
    theme.theme().font_changed()


def unreadable(reader: MailText, ground: QColor) -> list[str]:
    """The pieces of text that cannot be read on the ground behind them: their own, their cells', or the page's."""
    found = []
    block = reader.document().begin()
    while block.isValid():
        cursor = QTextCursor(block)
        table = cursor.currentTable()
        cell = table.cellAt(cursor).format().background().color() if table else QColor()
        behind = [
            block.blockFormat().background(),
            table.format().background() if table else block.blockFormat().background(),
        ]
        pieces = block.begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            own = piece.charFormat().background()
            grounds = [own.color() if own.style().value else None, cell if cell.isValid() and table else None,
                       *(brush.color() for brush in behind if brush.style().value)]  # fmt: skip
            on = next((color for color in grounds if color is not None and color.alpha()), ground)
            brush = piece.charFormat().foreground()
            if (
                piece.text().strip(" \xa0\ufffc")
                and brush.style().value
                and theme.contrast(brush.color(), on) < READABLE
            ):
                found.append(f"{piece.text()[:30]} {brush.color().name()} on {on.name()}")
            pieces += 1
        block = block.next()
    return found


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [420, 760])
@pytest.mark.parametrize("factor", [1.0, 1.4])
def test_nothing_stands_out_of_the_pane(stage: Stage, app: QApplication, name: str, width: int, factor: float) -> None:
    enlarge(app, factor)
    card = stage.show(page_of(name), width)
    reader = reader_of(card)
    assert card.body.html and card.width() <= width
    slack = 40 if width < 500 else 1  # a word of a price list is as wide as it is: the rest is one turn of the wheel
    assert reader.document().idealWidth() <= reader.viewport().width() + slack


@pytest.mark.parametrize("name", NAMES)
def test_dark_without_paper_can_be_read(stage: Stage, app: QApplication, name: str) -> None:
    theme.start(app, "dark")
    card = stage.show(page_of(name), settings=Settings(paper=False))
    body = QColor(reader_of(card).document().rootFrame().frameFormat().background().color())
    has_ground = "<body" in card.body.html
    assert unreadable(reader_of(card), body if has_ground else theme.current().color("surface")) == []


@pytest.mark.parametrize(
    ("page", "is_shown"),
    [
        ('<div>See <a href="https://x.example/a">here</a></div>', True),
        ('<div>See <a href="https://x.example/">https://x.example</a></div>', False),
        ('<div>Ask <a href="mailto:ann@x.example">ann@x.example</a></div>', False),
        ("<div>Only words.</div>", False),
    ],
)
def test_markup_that_leads_somewhere_is_shown_where_the_text_does_not(page: str, is_shown: bool) -> None:
    alone = f"From: a@x.example\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n{page}"
    assert bool(body_of(alone.encode()).html) is is_shown


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_light_in_both_themes(stage: Stage, app: QApplication, scheme: str) -> None:
    theme.start(app, scheme)
    reader = reader_of(stage.show("<p><b>Black</b> on nothing.</p><p style='color:#000'>Black</p>"))
    assert reader.grab().toImage().pixelColor(reader.width() - 2, 2) == QColor("#ffffff")


def test_dark_mail_is_dark_to_its_edge(stage: Stage) -> None:
    reader = reader_of(stage.show(page_of("night")))
    image = reader.grab().toImage()
    assert image.pixelColor(1, 1) == image.pixelColor(image.width() - 2, image.height() - 2) == QColor("#101418")


def test_a_newsletter_keeps_its_column_and_its_colours(stage: Stage) -> None:
    reader = reader_of(stage.show(page_of("newsletter"), 900))
    image = reader.grab().toImage()
    across = [image.pixelColor(x, 14).name() for x in range(image.width())]
    assert across[0] == "#f4f4f7" and abs(across.count("#23304d") - 600) <= 40
    text = reader.toPlainText()
    assert "Our March update" not in text  # the line that only lists show


def test_pictures_are_no_wider_than_the_page(stage: Stage) -> None:
    reader = reader_of(stage.show(page_of("apple"), 500))
    assert reader.document().idealWidth() <= reader.viewport().width()


def test_words_are_kept_whole_where_the_page_has_the_room(stage: Stage) -> None:
    cell = '<td width="30%">jane.miller-and-sons@customer.example</td>'
    page = f"<table border=1 width='100%'><tr>{cell}<td>{'word ' * 80}</td></tr></table>"
    reader = reader_of(stage.show(page, 460))
    assert reader.document().idealWidth() <= reader.viewport().width()
    assert reader.wordWrapMode() is QTextOption.WrapMode.WordWrap
    reader = reader_of(stage.show(page + f"<p>https://x.example/{'a' * 120}</p>", 460))
    assert reader.document().idealWidth() <= reader.viewport().width()
    assert reader.wordWrapMode() is QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere


def test_the_senders_sizes_grow_with_the_agents_type(stage: Stage, app: QApplication) -> None:
    page = '<p><b>a</b> <span style="font-size: 20px">b</span></p>'
    enlarge(app, 3.0)
    assert "font-size:20px" not in reader_of(stage.show(page)).toHtml().replace(" ", "")


def test_a_wider_pane_gives_tables_their_width_back(stage: Stage) -> None:
    reader = reader_of(stage.show(page_of("wide"), 500))
    narrow = reader.document().idealWidth()
    stage._area.resize(1_300, 700)
    stage._area.grab()
    assert narrow < 500 and reader.document().idealWidth() >= 1_100


def test_colours_are_turned_and_hues_stay() -> None:
    made = darkened('<p style="color: #000000; background-color: #ffffff">color: #000000</p><font color="red">x</font>')
    assert made.endswith(">color: #000000</p>" + made[made.index("<font") :])  # what is said is not touched
    letters, ground = QColor(made[17:24]), QColor(made[44:51])
    assert theme.contrast(letters, ground) > 7 and ground.lightnessF() < 0.3
    assert narrowed('<td width="600" style="width: 600px"><b>width="600"</b>', 0.5).startswith(
        '<td width="300" style="width: 300px"'
    )


# -- pictures ----------------------------------------------------------------------------------------


def gallery(**sources: bytes) -> Gallery:
    return Gallery({f"cid:{name}": data for name, data in sources.items()}, (), theme.current())


def test_only_four_kinds_of_pictures_are_decoded() -> None:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='30' height='30'><rect width='30' height='30'/></svg>"
    pictures = gallery(png=png(30), svg=svg, bmp=b"BM" + png(30), cut=png(30)[:20])
    assert [pictures.image(f"cid:{name}").width() for name in ("png", "svg", "bmp", "cut", "none")] == [30, 1, 1, 1, 1]


def test_pictures_beyond_what_a_window_bears_are_left_out() -> None:
    assert gallery(huge=png(6_000)).image("cid:huge").width() == 1 and MAX_PIXELS < 6_000**2
    many = gallery(**{f"p{n}": png(4_000) for n in range(4)})
    assert [many.image(f"cid:p{n}").width() > 1 for n in range(4)] == [True, True, False, False]
    assert isinstance(many.image("cid:p0"), QImage)


def test_a_picture_of_the_network_is_a_frame_of_its_size_with_its_name(stage: Stage) -> None:
    card = stage.show('<p>a</p><img src="https://x.example/a.png" alt="Offer" width=300 height=90>')
    answer = reader_of(card).loadResource(2, "remote:0")
    assert (answer.width(), answer.height()) == (300, 90)
    assert card.said is not None and card.said.show_pictures({"https://x.example/a.png": png(50)}) == 0
    assert reader_of(card).loadResource(2, "remote:0").width() == 50


# -- links -------------------------------------------------------------------------------------------


def test_the_tip_of_a_link_names_its_host_first_and_is_no_markup(stage: Stage) -> None:
    reader = reader_of(
        stage.show('<p><b>x</b></p><p><a href="https://xn--80ak6aa92e.com/&lt;b&gt;">a long enough link</a></p>')
    )
    at = next(
        QPoint(x, y) for y in range(0, reader.height(), 4) for x in range(0, 200, 4) if reader.anchorAt(QPoint(x, y))
    )
    QApplication.sendEvent(reader.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, reader.mapToGlobal(at)))
    assert QToolTip.text().startswith(
        "аррӏе.com (xn--80ak6aa92e.com) · its name is written in letters that only look Latin"
    )
    assert "<b>" not in QToolTip.text()
    assert plain_tip("<img src=x>\ny") == "<qt>&lt;img src=x&gt;<br>y</qt>"


def test_long_addresses_in_plain_text_can_be_broken_and_stay_whole() -> None:
    address = "https://x.example/" + "a" * 1_200
    made = linked(address)
    assert f'href="{address}"' in made and "\u200b" in made
