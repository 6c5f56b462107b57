"""Words of error pages in the languages of the middle and north of Europe, as in `absent`."""

from __future__ import annotations

ABSENT_MIDDLE: dict[str, dict[str, str]] = {
    "cs": {
        "page": "stránk*",
        "noun": "článek dokument* obsah adres* url soubor odkaz* zpráv* záznam* text* příspěv*",
        "gone": "odstraněn* smazán* přesunut* 404 410 stažen* zmizel* archivován*",
        "no": "ne nebyl* není neexistuje nelze nenalezen* nebyla nenašli nenašla žádn* nepodařilo",
        "there": "nalezen* existuje nenalezen* neexistuje k nalézt nepodařilo najít",
        "nothing": "nic",
        "filler": (
            "tato tento tuto požadovan* hledan* kterou který hledáte byla byl bylo být nebo a "
            "našem webu zkuste jiný zdá že tady omlouváme se chyba jejda bohužel mohla možná na "
            "této adrese už je jsme vámi zadan* litujeme momentálně nyní nemáte k němu tu máte ho "
            "najít"
        ),
        "shown": "dostupn* dispozici",
        "may": "přístup* oprávněn* práv*",
    },
    "sk": {
        "page": "stránk*",
        "noun": "článok dokument* obsah adres* url súbor odkaz* správ* záznam* text* príspev*",
        "gone": "odstránen* zmazan* vymazan* presunut* 404 410 stiahnut* zmizl*",
        "no": "ne nebol* nie neexistuje nenájden* nenašla nenašli nenašiel nepodarilo",
        "there": "nájden* existuje nenájden* neexistuje nenašla nenašli nenašiel nepodarilo",
        "nothing": "nič",
        "filler": (
            "táto tento túto požadovan* hľadan* ktorú ktorý hľadáte bola bol bolo byť alebo a "
            "našom webe webu skúste iný ospravedlňujeme sa chyba bohužiaľ ľutujeme mohla možno na "
            "tejto adrese už je sme vami zadan* momentálne teraz nemáte k nemu tu máte ho nájsť"
        ),
        "shown": "dostupn*",
        "may": "prístup* oprávnen* práv*",
    },
    "hu": {
        "page": "oldal* lap",
        "noun": (
            "cikk* dokumentum* tartalom cím* url fájl hivatkozás* rekord* bejegyzés* hír* írás*"
        ),
        "gone": (
            "törölt* eltávolított* törölték eltávolították áthelyezték 404 410 megszűnt levették "
            "visszavonták"
        ),
        "no": "nem nincs",
        "there": "található létezik találtuk találjuk",
        "nothing": "semmi",
        "filler": (
            "a az ez ezt ön által keresett kért vagy és sajnáljuk elnézést hiba hoppá sajnos soha "
            "nem* is létez* cikket lehet hogy már ilyen egy ezen címen jelenleg most önnek hozzá "
            "megtekintéséhez rá"
        ),
        "shown": "elérhető",
        "may": "jogosults* hozzáférés*",
    },
    "ro": {
        "page": "pagin*",
        "noun": (
            "articol* document* conținut* adres* url fișier* link* știre* înregistrar* material* "
            "text*"
        ),
        "gone": "șters* eliminat* mutat* 404 410 inexistent* retras* arhivat*",
        "no": "nu niciun",
        "there": "găsit* există fost",
        "nothing": "nimic",
        "filler": (
            "această acest pe care o căutați cautati căutat* solicitat* a fost sau și ne pare "
            "niciodată existat aici este rău eroare ups din păcate poate fi mai la de în găsi am "
            "putut momentan acum nu-l vizualiza cerut-o cerut ai aveți ea el nici corespunde "
            "niciunei introdusă adresa"
        ),
        "shown": "disponibil*",
        "may": "acces* permisiun* drept*",
    },
    "bg": {
        "page": "страница*",
        "noun": (
            "статия* документ* съдържание* адрес* url файл* връзка новина* запис* материал* "
            "публикац*"
        ),
        "gone": "премахнат* изтрит* преместен* 404 410 изтрита изтрито свален* архивиран*",
        "no": "не няма никакви",
        "there": "намерен* съществува открит* налична налично такава намерена",
        "nothing": "нищо",
        "filler": (
            "тази този това търсената търсеният която който търсите беше е или и съжаляваме грешка "
            "опа за съжаление може да била бъде вече на адреса поисканата исканата с такъв момента "
            "в нямате имате до него не упс"
        ),
        "shown": "достъпн*",
        "may": "достъп права разрешен*",
    },
    "sr": {
        "page": "страница* страницу страна stranica* stranicu strana",
        "noun": (
            "чланак* вест садржај* адрес* документ* članak* vest vijest sadržaj* adres* dokument* "
            "url link* запис* zapis* текст* објава tekst* objava vesti vijesti"
        ),
        "gone": (
            "уклоњен* обрисан* избрисан* премештен* uklonjen* obrisan* izbrisan* premješten* "
            "premešten* 404 410 повучен* нестал* povučen* nestal*"
        ),
        "no": "није не нису nije ne nisu nema нема",
        "there": (
            "пронађен* постоји постојал* пронаћи pronađen* postoji postojal* pronaći nađen* нађен*"
        ),
        "nothing": "ништа ništa",
        "filler": (
            "ова овај тражен* коју који тражите је или и жао нам грешка упс нажалост можда више на "
            "овој адреси да смо ova ovaj tražen* koju koji tražite je ili i žao nam greška "
            "pogreška ups nažalost možda više na ovoj adresi smo da se може може može biti бити "
            "била bila тренутно trenutno ste сте tražili тражили nikada никада немате имате nemate "
            "imate за njemu njoj овом"
        ),
        "shown": "доступн* dostupn*",
        "may": "приступ* дозвол* pristup* dozvol*",
    },
    "sl": {
        "page": "stran*",
        "noun": "članek dokument vsebin* naslov* url datotek* zapis*",
        "gone": "odstranjen* izbrisan* premaknjen* 404 410",
        "no": "ni ne nismo",
        "there": "najden* obstaja mogoče našli najti",
        "nothing": "nič",
        "filler": (
            "ta te iskan* ki jo iščete je bila bil ali in oprostite žal napaka ups več na tem "
            "zahtevan* mogoče nimate do njega"
        ),
        "shown": "voljo",
        "may": "dostop* dovoljenj*",
    },
    "mk": {
        "page": "страница*",
        "noun": "статија* документ* содржина* адрес* url вест* запис*",
        "gone": "отстранет* избришан* преместен* 404 410",
        "no": "не нема",
        "there": "пронајден* постои најден*",
        "nothing": "ништо",
        "filler": (
            "оваа овој бараната што ја барате е или и жалиме грешка упс за жал може да била веќе "
            "на адресата бараниот немате до"
        ),
        "shown": "достапн*",
        "may": "пристап дозвол*",
    },
    "sq": {
        "page": "faqja faqe",
        "noun": "artikulli artikull dokumenti përmbajtja adresa url lajmi regjistrimi",
        "gone": "fshirë hequr zhvendosur 404 410 u-hoq",
        "no": "nuk s'ka",
        "there": "gjet gjend* ekziston gjendet gjetur",
        "nothing": "asgjë",
        "filler": (
            "kjo ky që po kërkoni kërkuar është u ose dhe na vjen keq gabim mund të jetë e i më në "
            "kërkoni keni s"
        ),
        "shown": "disponueshme",
        "may": "qasje leje",
    },
    "el": {
        "page": "σελίδα*",
        "noun": (
            "άρθρο* έγγραφο* περιεχόμενο* διεύθυνση url αρχείο* σύνδεσμος εγγραφή καταχώριση "
            "είδηση δημοσίευση κείμενο"
        ),
        "gone": (
            "αφαιρ* διαγραφ* διαγράφηκε μετακιν* καταργ* 404 410 διαγράφ* αποσύρθηκε αρχειοθετ*"
        ),
        "no": "δεν δε",
        "there": "βρέθηκε υπάρχει βρούμε",
        "nothing": "τίποτα",
        "filler": (
            "η το ο την τη αυτή αυτό που ζητήσατε ψάχνετε αναζητάτε ζητούμενη είναι έχει ή και "
            "λυπούμαστε σφάλμα ουπς συγγνώμη δυστυχώς μπορεί να πλέον στο σε μπορούμε στιγμή προς "
            "έχετε πια"
        ),
        "shown": "διαθέσιμ*",
        "may": "πρόσβαση άδεια δικαίωμα",
    },
    "lt": {
        "page": "puslapi*",
        "noun": "straipsni* dokument* turin* adres* url failas nuorod* įraš*",
        "gone": "pašalint* ištrint* perkelt* 404 410 nerast* neegzistuoja",
        "no": "ne nėra",
        "there": "nerast* rastas rasta neegzistuoja nepavyko rasti egzistuoja",
        "nothing": "nieko",
        "filler": (
            "šis jūsų ieškomas ieškote kurio yra buvo arba ir atsiprašome klaida deja gali būti "
            "prašomas tokio jau neturite prie jo"
        ),
        "shown": "nepasiekiam*",
        "may": "prieig* teis*",
    },
    "lv": {
        "page": "lapa lapas",
        "noun": "rakst* dokument* satur* adres* url fails saite ierakst*",
        "gone": "dzēst* noņemt* pārvietot* 404 410",
        "no": "nav nevar",
        "there": "atrast* eksistē neeksistē",
        "nothing": "nekas",
        "filler": (
            "šī šis jūsu meklētā meklējat pieprasītā kuru ir tika vai un atvainojiet kļūda diemžēl "
            "var būt vairs šāda jums tam"
        ),
        "shown": "pieejam*",
        "may": "piekļuv* tiesīb*",
    },
    "et": {
        "page": "leht* lehekülg* lehekülge",
        "noun": "artikkel* artiklit dokument* sisu aadress* url fail",
        "gone": "eemaldatud kustutatud teisaldatud 404 410 puudub",
        "no": "ei pole",
        "there": "leitud leidu eksisteeri olemas leidnud",
        "nothing": "midagi",
        "filler": (
            "see seda teie otsitud otsitav otsitavat mida otsite on või ja vabandame viga "
            "kahjuks võib olla enam sellist"
        ),
        "shown": "saadaval",
    },
    "fi": {
        "page": "sivu*",
        "noun": "artikkeli* dokumentti* sisältö* osoite url tiedosto* linkki* juttua juttu",
        "gone": "poistett* poistunut siirretty siirtynyt 404 410",
        "no": "ei",
        "there": "löydy löytynyt ole olemassa löytyi",
        "nothing": "mitään",
        "filler": (
            "tämä tätä hakemaasi hakemasi etsimääsi etsimäsi pyytämääsi pyytämäsi jota haet "
            "etsit on tai ja pahoittelut virhe hups valitettavasti voi olla enää oho anteeksi "
            "tällä hetkellä"
        ),
        "shown": "saatavilla",
    },
    "sv": {
        "page": "sida* sidan",
        "noun": "artikel* artikeln dokument* innehåll* adress* url fil länk*",
        "gone": (
            "borttag* raderad* raderats flyttad* flyttats tagits 404 410 saknas slettet slettede"
        ),
        "no": "inte ej kunde",
        "there": "hittades hittas finns hitta",
        "nothing": "inget ingenting",
        "filler": (
            "den det denna du ni letar söker efter begärda sökta kan kanske har eller och "
            "tyvärr ledsen fel hoppsan oj vi bort är som längre att att på just nu för "
            "närvarande"
        ),
        "shown": "tillgänglig",
    },
    "no": {
        "page": "side* siden",
        "noun": "artikkel* artikkelen dokument* innhold* adresse* url fil lenke*",
        "gone": "fjernet slettet flyttet 404 410 mangler",
        "no": "ikke",
        "there": "funnet finnes fant eksisterer fundet findes fandt finde",
        "nothing": "ingenting intet",
        "filler": (
            "den denne du leter ser etter forespurte ble kan kanskje har er eller og beklager "
            "dessverre feil oops vi kunne som det blev blevet leder efter søger desværre fejl "
            "ups måske lenger længere på ledte akkurat nå for øyeblikket lige nu"
        ),
        "shown": "tilgjengelig",
    },
}
