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
            "report* publication* update* note* press release*"
        ),
        "gone": (
            "removed deleted expired 404 410 broken withdrawn gone moved unpublished renamed "
            "retired hosted taken discontinued offline"
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
            "author authors editor editors after their however "
            "available new addresses person who originally posted "
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
        "there": "gefunden existier* vorhanden auffindbar finden gibt online mehr",
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
        "there": "trouvé* existe* existant* été pas aucun* plus",
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
            "tema vídeo video registro* entrada* blog cuenta perfil entrada reportaje buscas"
        ),
        "gone": (
            "eliminad* borrad* movid* 404 410 inexistente* retirad* despublicad* archivad* perdid*"
        ),
        "no": "no ningún",
        "there": "encontr* existe* existir hallad* encuentra localiz* ya",
        "nothing": "nada",
        "filler": (
            "la el los las esta este que usted busca* buscas buscando solicitad* solicita está ha "
            "sido o y lo sentimos error ups vaya perdón lamentablemente se pudo puede hemos nunca "
            "existió podido fue en el sitio de su tu a una un ser parece intenta intentas acceder "
            "aquí más ver haya son ahora momento actualmente ninguna página tiene tienes verlo "
            "verla para acceso ello hay nada por publicad* correcta incorrecta errónea lo"
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
        "no": "não nenhum",
        "there": "encontrad* existe* encontramos encontrar localizad* encontra já mais",
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
        "there": "trovat* esiste esistente trovare c'è più",
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
        "there": "gevonden bestaat vinden meer",
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
            "już znalezion* istnieje takiej znaleźć znaleźliśmy odnaleziono ma istniała istniał "
            "mamy"
        ),
        "nothing": "nic niczego",
        "filler": (
            "ta ten to tej której którą które szukasz szukan* żądan* została został zostało o "
            "wybrany podanym adresie lub i albo przepraszamy błąd ups niestety może mogła być się "
            "już jest w serwisie pod tym takiej podana wybrana ojej na udało obecnie teraz chwili "
            "taka tutaj wygląda nigdy chyba szukał masz niego do jej tu aby zobaczyć nim niej z "
            "serwisu naszego naszej portalu"
        ),
        "shown": "dostępn*",
        "may": "dostęp* uprawnie* uprawnień pozwole*",
    },
}
