"""Words of error pages, by language: a title or sentence of nothing but these says that there is no
such page.

`page`: the page itself; `noun`: what else is missing; `gone`: says so alone; `no` with `there`: say
so together; `nothing`: needs no noun; `shown`: with `no`, or as it stands, says that a page is not
shown, for whatever reason; `may`: being let in; `filler`: may stand between. A star ends the
beginning of a word.
"""

from __future__ import annotations

ABSENT: dict[str, dict[str, str]] = {
    "en": {
        "page": "page*",
        "noun": (
            "article* story document* content* post* file* url link* address resource topic* "
            "thread* video news looking item shop store record* entry journal blog profile account "
            "channel publication group site album photo picture transfer clip track community "
            "report* publication* update* note* press"
        ),
        "gone": (
            "removed deleted expired 404 410 broken withdrawn gone moved unpublished renamed "
            "retired hosted taken discontinued"
        ),
        "no": (
            "not no cannot can't couldn't could't isn't wasn't doesn't don't didn't never unable "
            "haven't restricted limited"
        ),
        "there": "found find exist* locate* reached longer here specified exists results",
        "nothing": "nothing",
        "filler": (
            "the this that what missing a an you you're your we are were was is it has have had "
            "been be may might do does did can could or and to at in on for of with under by here "
            "lost want wanted mistyped wrong link lead seems looks like appears looking look "
            "requested request tried trying reach view access requesting error oops uh whoops "
            "sorry unfortunately sadly hmm its name changed temporarily permanently seem be "
            "location any anymore more from our site website server there i'm we're it's requested "
            "apologies ooops ups such right now currently moment present item because owner only "
            "shared someone either my everywhere longer again clicked followed she he after ll "
            "wherever see being taken down privileges enough sufficient rights there's user users "
            "author authors their however available new addresses person who originally posted "
            "filters moderators uploader publisher made uploaded creator terms service violation "
            "rules banned violating goes nobody online anywhere archive archived"
        ),
        "shown": "available unavailable accessible suspended deactivated displayed viewable",
        "may": "permission* access* authori* allowed private",
    },
    "de": {
        "page": "seite* webseite*",
        "noun": (
            "artikel* beitrag* dokument* inhalt* adresse* url datei* meldung* link* thema video* "
            "datensatz* eintrag* nachricht* blog konto profil kanal bericht* text*"
        ),
        "gone": (
            "entfernt* gelöscht* verschoben* gelöst 404 410 umgezogen abgelaufen depubliziert* "
            "zurückgezogen* offline vergriffen archiviert*"
        ),
        "no": "nicht kein* nie beschränkt eingeschränkt",
        "there": "gefunden existier* vorhanden auffindbar finden gibt online",
        "nothing": "nichts",
        "filler": (
            "die der das den dem diese* dieser dieses von ihnen ihre sie gesucht* angefordert* "
            "gewünscht* aufgerufen* leider wurde* werden konnte* kann können ist sind oder und "
            "möglicherweise vielleicht unter auf server hier es tut uns leid sorry ups hoppla oh "
            "entschuldigung fehler mehr angegeben* eingegeben* dieser wir haben unserer website "
            "existiert* zu eine ein in derzeit momentan zurzeit gerade aktuell suchen suchst "
            "gesuchte wurden verlinkt existiert wohl scheinbar anscheinend scheint mir jemals nie "
            "geändert wurde aufgerufene für fehlen fehlt"
        ),
        "shown": "verfügbar erreichbar gesperrt abrufbar",
        "may": "zugriff* zugang berechtig* zugriffsrecht*",
    },
    "fr": {
        "page": "page*",
        "noun": (
            "article* document* contenu* adresse* url fichier* lien* ressource* sujet vidéo "
            "publication notice* enregistrement* fiche* blog compte profil billet dépêche "
            "actualité"
        ),
        "gone": (
            "introuvable* supprimé* retiré* déplacé* 404 410 inexistant* expiré* perdue perdu "
            "dépublié* effacé* archivé*"
        ),
        "no": "n'existe n'est n'a pas non aucun* ne plus n'ont",
        "there": "trouvé* existe* existant* été pas aucun*",
        "nothing": "rien",
        "filler": (
            "la le les l cette cet ce que vous nous avez demandé* recherch* cherch* est a été ou "
            "et désolé* oups erreur malheureusement être peut semble avons pouvons trouver sur à "
            "de du des une un votre demande consulter essayez d'atteindre accéder plus souhait* "
            "consult* l'article l'adresse l'url la-page qu'elle elle page* ici correspond* excusez "
            "pour moment actuellement celle introuvable existé autre s'est n'avez suffisant* "
            "adresse changé d'adresse y"
        ),
        "shown": "disponible* indisponible* suspendu*",
        "may": "accès autoris* droit* permission",
    },
    "es": {
        "page": "página*",
        "noun": (
            "artículo* documento* contenido* dirección url archivo* enlace* noticia* recurso* nota "
            "tema vídeo video registro* entrada* blog cuenta perfil entrada reportaje"
        ),
        "gone": (
            "eliminad* borrad* movid* 404 410 inexistente* retirad* despublicad* archivad* perdid*"
        ),
        "no": "no ningún ya",
        "there": "encontr* existe* existir hallad* encuentra localiz*",
        "nothing": "nada",
        "filler": (
            "la el los las esta este que usted busca* buscas buscando solicitad* solicita está ha "
            "sido o y lo sentimos error ups vaya perdón lamentablemente se pudo puede hemos nunca "
            "existió podido fue en el sitio de su tu a una un ser parece intenta intentas acceder "
            "aquí más haya son ahora momento actualmente ninguna página tiene tienes verlo verla "
            "para acceso ello hay nada por publicad*"
        ),
        "shown": "disponible* suspendid*",
        "may": "permiso* acceso autoriz*",
    },
    "pt": {
        "page": "página*",
        "noun": (
            "artigo* documento* conteúdo* endereço url arquivo* ficheiro* link* notícia* recurso* "
            "matéria tópico registo* registro* entrada* publicação procura reportagem texto"
        ),
        "gone": (
            "removid* apagad* excluíd* movid* 404 410 inexistente* deletad* retirad* arquivad* "
            "despublicad*"
        ),
        "no": "não nenhum já",
        "there": "encontrad* existe* encontramos encontrar localizad* encontra",
        "nothing": "nada",
        "filler": (
            "a o os as esta este essa que você procura* procurou procurando solicitad* está foi "
            "foram ou e desculpe erro ops lamentamos infelizmente se pode pôde ser em no site "
            "nunca existi* de seu sua um uma conseguimos pedimos mais tentou acessar aqui momento "
            "neste sem tem para ver vê-lo abrir aberto já nosso encontra procura abriu"
        ),
        "shown": "disponível",
        "may": "permiss* acesso autoriza*",
    },
    "it": {
        "page": "pagina sito",
        "noun": (
            "articolo documento contenuto indirizzo url file link notizia risorsa record scheda "
            "contenuti voce notizi* testo"
        ),
        "gone": "rimoss* eliminat* cancellat* spostat* 404 410 inesistente smarrit* archiviat*",
        "no": "non nessun* impossibile",
        "there": "trovat* esiste esistente trovare c'è",
        "nothing": "niente nulla",
        "filler": (
            "la il lo l' questa questo che stai cercando cerchi cercata cercato hai richiest* "
            "richiesta è stata stato o e spiacenti errore ops oops siamo purtroppo potrebbe essere "
            "più si può a di in del abbiamo ci dispiace da te momento attualmente al non-c ora qui "
            "cercavi disponibile esista per visualizzarl*"
        ),
        "shown": "disponibil* raggiungibil*",
        "may": "access* permess* autorizz* consentit*",
    },
    "nl": {
        "page": "pagina",
        "noun": (
            "artikel document inhoud adres url bestand link bericht record vermelding "
            "nieuwsbericht verhaal"
        ),
        "gone": "verwijderd verplaatst 404 410 ontbreekt zoek gehaald offline weg",
        "no": "niet geen",
        "there": "gevonden bestaat vinden",
        "nothing": "niets",
        "filler": (
            "de het een deze dit die u je jij opgevraagde gevraagde gezochte zoekt zocht is kon "
            "worden of en sorry oeps fout helaas kan meer mogelijk werd werden we wij naar op "
            "momenteel nu heeft hebt er om te bekijken"
        ),
        "shown": "beschikbaar",
        "may": "toegang recht* toestemming",
    },
    "pl": {
        "page": "stron*",
        "noun": (
            "temat* wątek film* artykuł* dokument* treś* adres* url plik* link* materiał* wpis* "
            "wiadomoś* zasób zawartoś* rekord* pozyc* tekst* news"
        ),
        "gone": "usunięt* skasowan* przeniesion* 404 410 wygasł* zniknęł* wycofan* zarchiwizowan*",
        "no": "nie brak",
        "there": (
            "znalezion* istnieje takiej znaleźć znaleźliśmy odnaleziono ma istniała istniał mamy"
        ),
        "nothing": "nic niczego",
        "filler": (
            "ta ten to tej której którą które szukasz szukan* żądan* została został zostało o "
            "wybrany podanym adresie lub i albo przepraszamy błąd ups niestety może mogła być się "
            "już jest w serwisie pod tym takiej podana wybrana ojej na udało obecnie teraz chwili "
            "taka tutaj wygląda nigdy chyba szukał masz niego do jej tu aby zobaczyć nim niej"
        ),
        "shown": "dostępn*",
        "may": "dostęp* uprawnie* uprawnień pozwole*",
    },
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
