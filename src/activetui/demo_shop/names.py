"""Names in the languages of the quarter, and the awkward ones that every real list has."""

from __future__ import annotations

from typing import NamedTuple


class Names(NamedTuple):
    """First names and family names of one language."""

    first: tuple[str, ...]
    last: tuple[str, ...]


class Awkward(NamedTuple):
    """A name that breaks careless programs, with the first name by which to greet."""

    name: str
    first: str
    language: str
    country: str


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


NAMES: dict[str, Names] = {
    "pt": Names(
        _words(
            "Inês Maria João Ana Rui Beatriz Tiago Catarina Miguel Leonor Duarte Sofia Gonçalo Mariana "
            "Nuno Francisca Afonso Matilde Vasco Teresa Jorge Lúcia Simão Graça Hélder Íris António "
            "Conceição"
        ),
        _words(
            "Carvalho Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Martins Sousa Fernandes "
            "Gonçalves Gomes Lopes Marques Alves Almeida Ribeiro Pinto Teixeira Moreira Correia Mendes "
            "Nunes Vieira Monteiro Cardoso Araújo Falcão Magalhães"
        ),
    ),
    "es": Names(
        _words(
            "Lucía Hugo Martina Mateo Sofía Álvaro Paula Adrián Carmen Javier Rocío Iñaki Nuria Óscar "
            "Pilar"
        ),
        _words(
            "García Muñoz Fernández López Núñez Sánchez Pérez Ibáñez Martín Ruiz Peña Díaz Vázquez "
            "Castaño"
        ),
    ),
    "it": Names(
        _words(
            "Marco Giulia Lorenzo Chiara Matteo Francesca Davide Elena Niccolò Alessia Giosuè Beatrice "
            "Paola"
        ),
        _words(
            "Bianchi Rossi Ferrari Esposito Romano Colombo Ricci Marino Greco Gallo Conti Bruno Villa "
            "Pozzi"
        ),
    ),
    "fr": Names(
        _words(
            "Léa Jules Chloé Hugo Zoé Étienne Noémie Gaël Hélène François Anaïs Thibault Maëlys Benoît "
            "Aurore"
        ),
        _words(
            "Martin Dupont Lefèvre Moreau Girard Rousseau Fontaine Chevalier Benoist Gauthier Perrin "
            "Brunet"
        ),
    ),
    "en": Names(
        _words(
            "Emma Oliver Sophie Jack Charlotte Harry Grace Thomas Ruth Edward Alice George Hannah Peter "
            "Joan"
        ),
        _words(
            "Smith Taylor Brown Wilson Clarke Walker Hughes Turner Baker Cooper Ward Foster Bennett Price"
        ),
    ),
    "ru": Names(
        _words(
            "Ольга Дмитрий Екатерина Сергей Наталья Алексей Марина Фёдор Ирина Артём Юлия Павел"
        ),
        _words(
            "Смирновы Кузнецовы Поповы Васильевы Соколовы Лебедевы Новиковы Морозовы Волковы Зайцевы"
        ),
    ),
}

FAMILY_ENDING = {"ы": ("", "а")}
"""Russian family names are listed in the plural; the ending for a man and for a woman."""

RUSSIAN_MEN = frozenset(_words("Дмитрий Сергей Алексей Фёдор Артём Павел"))

WEIGHTS: dict[str, int] = {"pt": 46, "es": 10, "it": 12, "fr": 12, "en": 11, "ru": 9}
"""Of a hundred customers, how many speak which language."""

AWKWARD: tuple[Awkward, ...] = (
    Awkward("Siobhán O'Neill", "Siobhán", "en", "IE"),
    Awkward("Gianluca D’Angelo", "Gianluca", "it", "IT"),
    Awkward("Maria do Carmo [vizinha do 3.º Esq.]", "Maria do Carmo", "pt", "PT"),
    Awkward("Zé [/] Manel", "Zé", "pt", "PT"),
    Awkward("Jean-François d'Arc-l'Évêque", "Jean-François", "fr", "FR"),
    Awkward("Νίκος Παπαδόπουλος", "Νίκος", "en", "GR"),
    Awkward("محمد الأندلسي", "محمد", "fr", "MA"),
    Awkward("王小明", "小明", "en", "CN"),
    Awkward("田中 さくら", "さくら", "en", "JP"),
    Awkward("김민지", "민지", "en", "KR"),
    Awkward("Łukasz Żółć", "Łukasz", "en", "PL"),
    Awkward("Nguyễn Thị Ánh Nguyệt", "Nguyệt", "fr", "VN"),
    Awkward("Björk [red] Guðmundsdóttir", "Björk", "en", "IS"),
    Awkward("Алёна «Лёля» Щукина-Гюнтер", "Алёна", "ru", "RU"),
    Awkward("Bob \"Vinho\" Smith; Jr.", "Bob", "en", "GB"),
    Awkward("Ana Sofia 🌻 Melo", "Ana Sofia", "pt", "PT"),
    Awkward("X", "X", "pt", "PT"),
    Awkward(
        "Maria Francisca Isabel Josefa Antónia Gertrudes Rita Joana de Vasconcelos e Sousa Coutinho Monteiro "
        "Paim de Albuquerque e Castro", "Maria Francisca", "pt", "PT",
    ),
)

COMPANIES: tuple[tuple[str, str], ...] = (
    ("Café Lua", "pt"), ("Restaurante O Galo [antigo Zé da Esquina]", "pt"),
    ("Adega 'O Cantinho', Lda.", "pt"), ("Ristorante L'Angolo", "it"), ("Pensão Vista Tejo", "pt"),
    ("Bistrot Chez Nous & Cie", "fr"), ("Taberna do Mercado", "pt"),
    ("Hotel Miradouro", "en"), ("Clínica Dr. Paz", "pt"),
    ("Associação dos Moradores e Amigos da Colina de Sant'Ana, Secção de Festas e Convívios", "pt"),
)

STREETS = (
    "Rua das Flores", "Calçada do Monte", "Rua da Saudade", "Travessa do Fala-Só", "Largo do Limoeiro",
    "Beco do Espírito Santo", "Escadinhas de São Miguel", "Rua dos Douradores",
)
