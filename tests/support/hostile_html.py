"""HTML that wants to load, run, read or freeze something: payloads crossed with the ways to hide them."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

Wrap = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Hostile:
    """A page, and the name of what it tries."""

    name: str
    page: str


def targets(port: int, canary: str) -> dict[str, str]:
    """Addresses that nobody may ask for: a web server that listens, and a file that can be read."""
    web = f"127.0.0.1:{port}"
    return {
        "http": f"http://{web}/x.png",
        "https": f"https://{web}/x.png",
        "scheme-relative": f"//{web}/x.png",
        "credentials": f"http://user:secret@{web}/x.png",
        "ftp": f"ftp://{web}/x.png",
        "websocket": f"ws://{web}/x",
        "file": f"file://{canary}",
        "path": canary,
        "file-host": f"file://127.0.0.1{canary}",
        "qrc": ":/qt-project.org/styles/commonstyle/images/cdr-32.png",
        "unc": f"\\\\127.0.0.1@{port}\\share\\x.png",
        "unc-slashes": f"//127.0.0.1@{port}/share/x.png",
        "mixed case": f"hTtP://{web}/x.png",
        "tabs": f"ht\ttp://{web}/x.png".replace("\t", "&#9;"),
        "entities": "".join(f"&#{ord(sign)};" for sign in f"http://{web}/x.png"),
        "cid of a file": f"cid:../../../../..{canary}",
        "data html": "data:text/html,<script>alert(1)</script>",
        "data svg": "data:image/svg+xml;base64,"
        "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciPjxpbWFnZSBocmVmPSJmaWxlOi8vL2V0Yy9wYXNzd2QiLz48L3N2Zz4=",
        "javascript": "javascript:alert(1)",
        "vbscript": "vbscript:msgbox(1)",
        "view-source": f"view-source:http://{web}/",
        "jar": f"jar:http://{web}/x.jar!/x.png",
    }


# What asks for an address by itself in one program or another; {} is the address.
LOADERS: dict[str, str] = {
    "img": '<img src="{}">',
    "img bare": "<img src={}>",
    "img lowsrc": '<img lowsrc="{0}" dynsrc="{0}" longdesc="{0}">',
    "srcset": '<img srcset="{0} 1x, {0} 2x" src="x">',
    "picture": '<picture><source srcset="{0}"><img src="{0}"></picture>',
    "body background": '<body background="{}">text',
    "table background": '<table background="{0}"><tr background="{0}"><td background="{0}">text</td></tr></table>',
    "style url": '<p style="background:url({})">text</p>',
    "style image": "<div style=\"background-image: url('{}'); list-style-image:url('{}')\">text</div>",
    "style escape": '<p style="background-image:\\75\\72\\6c({})">text</p>',
    "style comment": '<p style="background:u/**/rl({})">text</p>',
    "image-set": "<p style=\"background:image-set('{}' 1x)\">text</p>",
    "cursor": '<p style="cursor:url({}),auto;content:url({});border-image:url({})">text</p>',
    "behavior": '<p style="behavior:url({});-moz-binding:url({})">text</p>',
    "import": '<style>@import url("{}"); @import "{}";</style><p>text</p>',
    "font-face": "<style>@font-face{{font-family:x;src:url({})}} p{{font-family:x}}</style><p>text</p>",
    "sheet": "<style>p{{background:url({})}} p:before{{content:url({})}}</style><p>text</p>",
    "link": '<link rel="stylesheet" href="{0}"><link rel="prefetch" href="{0}"><link rel="icon" href="{0}"><p>text</p>',
    "dns-prefetch": '<meta http-equiv="x-dns-prefetch-control" content="on"><link rel="dns-prefetch" href="{}">text',
    "iframe": '<iframe src="{0}" srcdoc="<img src={0}>"></iframe>',
    "frame": '<frameset><frame src="{}"></frameset>',
    "object": '<object data="{0}"><param name="movie" value="{0}"><embed src="{0}"></object>',
    "applet": '<applet code="x" codebase="{0}" archive="{0}"></applet><bgsound src="{0}">',
    "svg": '<svg><image href="{0}" xlink:href="{0}"/><use href="{0}#x"/><style>@import "{0}"</style></svg>',
    "svg script": '<svg onload="x()"><script href="{}"></script><foreignObject><img src="{}"></foreignObject></svg>',
    "math": '<math href="{0}"><mtext><img src="{0}"></mtext><maction actiontype="statusline#{0}">x</maction></math>',
    "refresh": '<meta http-equiv="refresh" content="0; url={}"><p>text</p>',
    "base": '<base href="{}"><img src="x.png"><a href="y">y</a>',
    "form": '<form action="{0}"><input type="image" src="{0}"><button formaction="{0}">x</button></form>',
    "video": '<video src="{0}" poster="{0}" autoplay><track src="{0}"><source src="{0}"></video>',
    "audio": '<audio src="{}" autoplay></audio>',
    "script": '<script src="{0}"></script><script>fetch("{0}")</script><noscript><img src="{0}"></noscript>',
    "handlers": '<img src=x onerror="location=\'{0}\'"><p onmouseover="open(\'{0}\')" onclick="x()">text</p>',
    "vml": '<v:rect><v:fill src="{0}"/><v:imagedata src="{0}"/></v:rect><?import namespace="t" implementation="{0}">',
    "outlook": '<!--[if mso]><img src="{0}"><![endif]--><![if !mso]><img src="{0}"><![endif]>',
    "xml": '<?xml-stylesheet href="{0}"?><!DOCTYPE html SYSTEM "{0}"><xml><i src="{0}">x</i></xml><p>text</p>',
    "entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "{}">]><p>&e;</p>',
    "link text": '<a href="{0}" ping="{0}">text</a><area href="{0}"><map><area href="{0}"></map>',
    "list": '<ul style="list-style:url({0})"><li type="{0}" style="list-style-image:url({0})">x</li></ul>',
    "qt": '<qt><img src="{0}"><p style="-qt-block-indent:9999; background-image:url({0})">x</p></qt>',
}

# Ways in which cleaners were passed by; {} is one of the above.
DISGUISES: dict[str, Wrap] = {
    "plain": lambda inner: f"<html><body><p>Dear sir</p>{inner}</body></html>",
    "unclosed": lambda inner: f"<div><table><tr><td><b><i>{inner}",
    "in title": lambda inner: f"<title><style></title>{inner}</style>",
    "noscript": lambda inner: f'<noscript><p title="</noscript>{inner}">',
    "svg style": lambda inner: f"<svg></p><style><a id='</style>{html.escape(inner)}'>{inner}</svg>",
    "math mglyph": lambda inner: f"<math><mtext><table><mglyph><style><!--</style>{inner}--></style></math>",
    "form in form": lambda inner: f"<form><math><mtext></form><form><mglyph><style></math>{inner}",
    "comment": lambda inner: f"<!--><!-- --!>{inner}<!-- <p --> {inner}",
    "cdata": lambda inner: f"<![CDATA[<x]]>{inner}<svg><![CDATA[</svg>{inner}]]>",
    "select": lambda inner: f"<select><option><style></select>{inner}</style>",
    "template": lambda inner: f"<template>{inner}</template><xmp>{inner}</xmp><plaintext>{inner}",
    "attribute": lambda inner: f"<p title=\"{html.escape(inner)}\" alt='{inner.replace(chr(39), '')}'>text</p>{inner}",
    "nulls": lambda inner: inner.replace("<", "<\0", 1) + inner,
    "slashes": lambda inner: inner.replace(" ", "/", 1),
    "upper case": lambda inner: inner.replace("src", "SRC").replace("style", "STYLE").replace("href", "HREF"),
    "double": lambda inner: inner.replace("<", "<<").replace(">", ">>"),
    "textarea": lambda inner: f'<textarea><p title="</textarea>{inner}">',
    "iframe": lambda inner: f'<iframe><p title="</iframe>{inner}">',
    "annotation": lambda inner: (
        f'<math><annotation-xml encoding="text/html"><style>{inner}</style></annotation-xml></math>'
    ),
    "select math": lambda inner: f"<select><option><math><style></select>{inner}</style>",
    "image": lambda inner: inner.replace("<img", "<image").replace("</p>", ""),
    "deep": lambda inner: "<div>" * 70 + inner + "</div>" * 70,
    "in tables": lambda inner: "<table><tr><td>" * 9 + inner,
}


def bombs() -> Iterator[Hostile]:
    """Small pages that take for ever to lay out, and large ones."""
    pages = {
        "nested tables": "<table><tr><td>" * 25 + "x",
        "a tree of tables": _tree(6, 3),
        "a flat tree of tables": _tree(4, 5),
        "nested divs": "<div>" * 20_000 + "x",
        "nested bold": "<b><i>" * 8_000 + "x",
        "nested lists": "<ul><li>" * 400 + "x",
        "nested quotes": "<blockquote>" * 500 + "word " * 500,
        "nested spans": "<span style='color:red'>" * 5_000 + "x",
        "one long word": "<p>" + "x" * 300_000 + "</p>",
        "a long word in a table": "<table><tr><td>" + "x" * 100_000 + "</td><td>y</td></tr></table>",
        "a long address": f"<a href='http://x.example/{'a' * 100_000}'>{'b' * 100_000}</a>",
        "many words": "<p>" + "lorem ipsum " * 80_000 + "</p>",
        "many lines": "a<br>" * 60_000,
        "many paragraphs": "<p>a</p>" * 30_000,
        "many bold words": "<b>a</b> " * 40_000,
        "many colours": "".join(f"<i style='color:#{n:06x}'>x</i>" for n in range(20_000)),
        "many cells": "<table>" + ("<tr>" + "<td>a</td>" * 20 + "</tr>") * 1_000 + "</table>",
        "one wide row": "<table><tr>" + "<td>a</td>" * 10_000 + "</tr></table>",
        "many tables": "<table><tr><td>a</td></tr></table>" * 6_000,
        "many boxes": "<div style='background:#eee;padding:9px'>a</div>" * 6_000,
        "many buttons": "<p><a href='http://x.example' style='background:#eee;padding:9px'>a</a></p>" * 5_000,
        "wide spans": "<table><tr><td colspan=99999 rowspan=99999>a</td></tr><tr><td>b</td></tr></table>",
        "many wide spans": "<table>" + "<tr><td colspan=60 rowspan=60>a</td></tr>" * 300 + "</table>",
        "huge type": "<p style='font-size:99999px'>a b c</p>" * 200,
        "huge type by attribute": "<font size='+9999'>a</font>" * 200,
        "huge margins": "<p style='margin:99999px;padding:9999em;text-indent:99999px'>a</p>" * 100,
        "huge widths": "<table width=999999999><tr><td width='99999999'>a</td></tr></table><hr width=99999999>" * 50,
        "huge borders": "<table border=99999 cellpadding=99999 cellspacing=99999><tr><td>a</td></tr></table>" * 20,
        "huge pictures": "<img src='cid:a' width=99999 height=99999>" * 500,
        "many pictures": "<img src='http://127.0.0.1:9/x.png' alt='x' width=800 height=800>" * 3_000,
        "huge list numbers": "<ol start=2147483647><li>a</ol><ol start=-99999999999><li>a</ol>",
        "a long style": f"<p style='{'color:red;' * 100_000}'>a</p>",
        "a long sheet": f"<style>{_sheet()}</style>" + "<p class='abc'>a</p>" * 500,
        "a sheet for all": f"<style>*{{{'color:red;' * 5_000}}}</style>" + "<b>a</b>" * 5_000,
        "deep selectors": f"<style>{'div ' * 2_000}p{{color:red}}</style>" + "<div>" * 200 + "<p>a",
        "many attributes": "<p " + " ".join(f"a{n}=b" for n in range(50_000)) + ">a</p>",
        "many entities": "&amp;" * 100_000 + "&" * 100_000,
        "many comments": "<!--" * 100_000 + "x",
        "many opened tags": "<" * 200_000,
        "letters on letters": "a" + "\u0301" * 100_000,
        "directions": "\u202e\u202d" * 50_000 + "a",
        "invisible letters": "\u200b" * 200_000,
        "a picture in the page": "<img src='data:image/png;base64," + "A" * 3_000_000 + "'>",
        "many links": "<a href='http://x.example/'>x.example</a> " * 10_000,
        "short rows below a wide one": "<table><tr>" + "<td>a</td>" * 300 + "</tr>" + "<tr><td>a</td></tr>" * 2_000,
        "short rows below a wide span": "<table><tr><td colspan=60>a</td></tr>" + "<tr><td>a</td></tr>" * 3_000,
        "steps of spans": "<table>"
        + "".join(f"<tr><td colspan={n % 50 + 1}>a</td><td>b</td></tr>" for n in range(1_500)),
        "tags in a row below the deepest": "<div>" * 64 + "<i>a</i>b" * 15_000,
        "lists in a row below the deepest": "<ul>" * 11 + "<ul>a</ul>b" * 15_000,
        "unknown tags in a row": "<x:y>a</x:y>b" * 13_000,
        "pictures of nothing in a row": "<img alt=a>b" * 20_000,
        "rules to the end": "<hr>" * 30_000,
        "boxes in a row": "<input type=checkbox>a" * 20_000,
        "floating tables": "<div>" + "<table align=left width=9><tr><td>a</td></tr></table>" * 6_000,
        "flexible boxes in each other": "<div style='display:flex'><p>a</p>" * 300,
        "white letters": "".join(f"<b style='color:#fffff{n % 10};margin:{n}px'>a</b>" for n in range(20_000)),
        "links around tables": "<a href=https://x.example><table><tr><td>a</td></tr></table></a>" * 4_000,
        "ampersands": "&" * 900_000,
        "sections of another language": "<![CDATA[" * 90_000,
        "a history without end": "<blockquote type=cite>On Monday X wrote:<br>" * 3_000 + "x",
    }
    for name, page in pages.items():
        yield Hostile(name, page)


def _sheet() -> str:
    names = product("abcdefghijklmnopqrstuvwxyz", repeat=3)
    return "".join(f".{''.join(name)} {{color:red}}" for name in names)


def _tree(depth: int, width: int) -> str:
    if depth == 0:
        return "x"
    return "<table><tr>" + ("<td>" + _tree(depth - 1, width) + "</td>") * width + "</tr></table>"


def pages(port: int, canary: str) -> Iterator[Hostile]:
    """Each loader with half of the targets, each in another disguise, then in half of the disguises; and the bombs."""
    disguises = list(DISGUISES.items())
    addresses = targets(port, canary)
    turn = 0
    for what, loader in LOADERS.items():
        for where, address in list(addresses.items())[turn % 2 :: 2]:
            how, wrap = disguises[turn % len(disguises)]
            turn += 1
            yield Hostile(f"{what}, {where}, {how}", wrap(_filled(loader, address)))
        for how, wrap in disguises[turn % 2 :: 2]:
            address = addresses["file" if turn % 3 else "http"]
            turn += 1
            yield Hostile(f"{what}, {how}", wrap(_filled(loader, address)))
    yield from bombs()


def _filled(loader: str, address: str) -> str:
    return loader.replace("{0}", "{}").replace("{}", address).replace("{{", "{").replace("}}", "}")
