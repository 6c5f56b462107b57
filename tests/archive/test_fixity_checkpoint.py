from __future__ import annotations

import base64
import stat

import pytest

from archive.errors import LedgerError
from archive.fixity.checkpoint import Checkpoint, Key, Signer, open_checkpoint

POINT = Checkpoint("isw-archive/00000000", 4711, bytes(range(32)))


@pytest.fixture
def signer() -> Signer:
    return Signer("isw-archive/00000000", bytes(range(32)))


def test_a_checkpoint_has_the_form_that_other_programs_read(signer):
    name, size, root, blank, signature, end = signer.sign(POINT).split("\n")
    assert (name, size, blank, end) == ("isw-archive/00000000", "4711", "", "")
    assert base64.b64decode(root) == POINT.root
    assert signature.startswith("\u2014 isw-archive/00000000 ")
    body = base64.b64decode(signature.split(" ")[2])
    assert body[:4] == signer.key.id
    assert len(body) == 4 + 64


def test_the_example_of_the_signed_note_format_holds():
    key = Key.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    text = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n"
    )
    signature = base64.b64decode(
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    )
    assert signature[:4] == key.id
    assert key.signed(text, signature[4:])
    assert not key.signed(text.upper(), signature[4:])


def test_what_was_signed_is_read_again(signer):
    assert open_checkpoint(signer.sign(POINT), [signer.key]) == POINT


def test_a_signature_of_somebody_else_beside_ours_is_passed_over(signer):
    other = Signer("witness.example", bytes(32)).sign(POINT).rpartition("\n\n")[2]
    assert open_checkpoint(signer.sign(POINT) + other, [signer.key]) == POINT


def test_no_letter_of_a_checkpoint_can_be_another(signer):
    note = signer.sign(POINT)
    for place, letter in enumerate(note):
        for other in {chr(ord(letter) ^ 1), "", letter * 2} - {letter}:
            with pytest.raises(LedgerError):
                open_checkpoint(note[:place] + other + note[place + 1 :], [signer.key])


@pytest.mark.parametrize("note", ["", "\n", "a\n\n", "a\n1\nAA==\n\n\u2014 a b\n", "\n\n\n"])
def test_what_is_no_checkpoint_is_refused(note, signer):
    with pytest.raises(LedgerError):
        open_checkpoint(note, [signer.key])


def test_a_key_of_the_same_name_is_another_key(signer):
    forger = Signer(signer.key.name, bytes(32))
    with pytest.raises(LedgerError, match="not signed by a key of this ledger"):
        open_checkpoint(forger.sign(POINT), [signer.key])


def test_a_public_key_is_one_line_and_read_again(signer):
    assert Key.parse(str(signer.key)) == signer.key
    for wrong in ("", "a+b+c", str(signer.key)[:-1], "x" + str(signer.key)):
        with pytest.raises(LedgerError):
            Key.parse(wrong)


@pytest.mark.parametrize("wrong", ["AAAA", "", "A" * 400, "name+00000000+AAAA"])
def test_what_is_no_key_is_repeated_and_it_is_said_what_one_looks_like(wrong):
    with pytest.raises(LedgerError, match=r"name\+id\+key") as caught:
        Key.parse(wrong)
    assert wrong[:50] in str(caught.value)
    assert len(str(caught.value)) < 300


def test_a_secret_key_is_kept_for_its_owner_alone_and_never_written_over(tmp_path):
    path = tmp_path / "ledger.key"
    signer = Signer.new()
    signer.keep(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Signer.load(path).key == signer.key
    with pytest.raises(FileExistsError):
        Signer.new().keep(path)
    path.write_text(path.read_text().replace("+", "-", 1))
    with pytest.raises(LedgerError, match="no key that signs a ledger"):
        Signer.load(path)
