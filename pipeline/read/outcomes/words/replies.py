"""Beginnings of words for what one does below an article once one has logged in, by language: to
comment, to answer, to vote. As in `walls`."""

from __future__ import annotations

REPLIES: dict[str, dict[str, str]] = {
    "en": {"reply": "comment repl discuss vote"},
    "de": {"reply": "komment antwort diskut mitreden bewert"},
    "fr": {"reply": "comment répond réag débat voter"},
    "es": {"reply": "coment respond opin debat votar"},
    "pt": {"reply": "coment respond opin debat votar"},
    "it": {"reply": "comment rispond discut votare"},
    "nl": {"reply": "reager reactie reacties comment antwoord"},
    "pl": {"reply": "koment odpowied dyskus głosow ocen"},
    "cs": {"reply": "koment odpov diskus diskut hlasov"},
    "hu": {"reply": "komment hozzászól válasz"},
    "ro": {"reply": "coment răspund"},
    "bg": {"reply": "комент отговор"},
    "sr": {"reply": "комент koment одговор odgovor"},
    "el": {"reply": "σχόλι σχολιά απαντ"},
    "sv": {"reply": "komment svara"},
    "fi": {"reply": "komment vasta"},
    "ru": {"reply": "коммент прокомм ответить отвечать отзыв обсужд оценить проголос"},
    "uk": {"reply": "комент прокомент відповіс відповідати відгук обговор оцінити проголос"},
    "be": {"reply": "камент адказ"},
    "tr": {"reply": "yorum yanıt cevap oy"},
    "az": {"reply": "şərh rəy"},
    "kk": {"reply": "пікір жауап"},
    "ar": {"reply": "تعليق التعليق تعليقا للتعليق رد مناقشة"},
    "fa": {"reply": "نظر دیدگاه کامنت پاسخ"},
    "he": {"reply": "להגיב תגובה תגובות לתגובה הגב"},
    "hi": {"reply": "टिप्पणी"},
    "id": {"reply": "komentar balas"},
}

REPLIES_UNSPACED: dict[str, dict[str, str]] = {
    "zh": {"reply": "评论 評論 留言 回复 回覆 跟帖"},
    "ja": {"reply": "コメント 返信"},
    "ko": {"reply": "댓글 답글"},
    "th": {"reply": "แสดงความคิดเห็น"},
}
