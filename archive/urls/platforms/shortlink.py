"""Short links: they keep their own address, for where they lead is only known by fetching."""

from __future__ import annotations

from archive.urls.platforms.identity import Identity

IDENTITY = Identity(
    "shortlink",
    title="Short link",
    hosts=(
        "t.co", "bit.ly", "isw.pub", "tinyurl.com", "goo.gl", "ow.ly", "is.gd", "buff.ly", "wp.me",
        "clck.ru", "dlvr.it", "lnkd.in", "trib.al", "reut.rs", "nyti.ms", "wapo.st", "on.wsj.com",
        "bbc.in", "cnn.it", "apne.ws", "aje.io", "bloom.bg", "on.ft.com", "econ.st", "politi.co",
        "fb.me", "fb.watch", "vm.tiktok.com", "vt.tiktok.com", "shorturl.at", "rb.gy", "cutt.ly",
        "tass.link", "vk.cc", "u.to", "j.mp", "amzn.to", "youtu.de", "go.bsky.app", "share.google",
    ),
    leads=True,
)  # fmt: skip
