"""Words of a site whose database does not answer, by language.

`base`: the database; `link`: the way to it; `fail`: that it failed. As in `walls`.
"""

from __future__ import annotations

DATABASE_ERRORS: dict[str, dict[str, str]] = {
    "en": {
        "base": "database mysql postgres mariadb sqlstate db",
        "link": "connect connection establishing server query select hy000 08006",
        "fail": "error cannot couldn't could unable failed refused unavailable failure",
    },
    "de": {
        "base": "datenbank mysql",
        "link": "verbind verbindung aufbau zugriff datenbankverbindung erreichbar",
        "fail": "fehler datenbankfehler fehlgeschlagen nicht keine",
    },
    "fr": {
        "base": "base bdd mysql",
        "link": "connexion connecter données liaison",
        "fail": "erreur impossible échec échoué",
    },
    "es": {
        "base": "base bd mysql",
        "link": "conexión conectar datos",
        "fail": "error imposible falló pudo fallo",
    },
    "it": {
        "base": "database mysql",
        "link": "connessione connettersi collegamento",
        "fail": "errore impossibile fallita",
    },
    "pt": {
        "base": "banco base mysql",
        "link": "conexão ligação conectar ligar dados",
        "fail": "erro impossível falha falhou",
    },
    "nl": {
        "base": "database databaseverbinding",
        "link": "verbinding databaseverbinding verbinden",
        "fail": "fout mislukt niet kan",
    },
    "pl": {
        "base": "baz bazą bazy mysql",
        "link": "połączen łączen łączeni danych połączy",
        "fail": "błąd udało można nieudan",
    },
    "cs": {
        "base": "databáz databáze",
        "link": "spojen spojení připojen připojení pripojen pripojenie",
        "fail": "chyba nelze selhal nepodařilo nepodarilo",
    },
    "hu": {
        "base": "adatbázis",
        "link": "kapcsolat csatlakoz adatbázis-kapcsolat",
        "fail": "hiba sikerült sikertelen",
    },
    "ro": {
        "base": "baza bază mysql",
        "link": "conect conexiun conexiune date",
        "fail": "eroare imposibil eșuat putut",
    },
    "bg": {
        "base": "база базата",
        "link": "връзка свързване данни",
        "fail": "грешка неуспешн възможно може",
    },
    "sr": {
        "base": "баз базом базе baz bazom baze",
        "link": "повезива веза везе povezivan veza veze podat податак података",
        "fail": "грешка greška pogreška неуспешн neuspješn neuspešn",
    },
    "el": {
        "base": "βάση βάσης",
        "link": "σύνδεσ δεδομένων",
        "fail": "σφάλμα αποτυχία αδύνατη",
    },
    "sv": {
        "base": "databas databasanslutning database",
        "link": "anslut databasanslutning ansluta forbindelse tilkobling",
        "fail": "fel fejl feil misslyck mislyk",
    },
    "fi": {
        "base": "tietokan tietokanta tietokantayhtey",
        "link": "yhtey tietokantayhtey yhteys",
        "fail": "virhe epäonnist",
    },
    "ru": {
        "base": "баз базой базы базе mysql субд",
        "link": "подключен соединен соединит подключит связ данных",
        "fail": "ошибк удалось невозможно сбой недоступн",
    },
    "uk": {
        "base": "баз базою бази базі",
        "link": "підключен з'єднан з'єднат підключит зв'яз даних",
        "fail": "помилк вдалося неможливо збій недоступн",
    },
    "tr": {
        "base": "veritaban veri",
        "link": "bağlan bağlantı",
        "fail": "hata kurulamadı başarısız",
    },
    "id": {
        "base": "database basis",
        "link": "koneksi menyambung terhubung data",
        "fail": "kesalahan gagal galat ralat",
    },
    "ar": {
        "base": "قاعدة بقاعدة",
        "link": "اتصال بيانات",
        "fail": "خطأ تعذر فشل",
    },
    "fa": {
        "base": "پایگاه دیتابیس بانک",
        "link": "اتصال ارتباط داده",
        "fail": "خطا خطای ناموفق",
    },
    "he": {
        "base": "מסד",
        "link": "התחברות חיבור נתונים",
        "fail": "שגיאה נכשל",
    },
}  # fmt: skip

DATABASE_ERRORS_UNSPACED: dict[str, dict[str, str]] = {
    "zh": {
        "base": "数据库 資料庫",
        "link": "连接 連接 連線",
        "fail": "错误 錯誤 失败 失敗 无法",
    },
    "ja": {
        "base": "データベース",
        "link": "接続",
        "fail": "エラー 失敗 できません",
    },
    "ko": {
        "base": "데이터베이스",
        "link": "연결 접속",
        "fail": "오류 실패",
    },
}
