// All feeds with Go's encoding/xml, one after another: what a compiled language makes of the same work.
// Go's standard library has no SQLite, so it reads the chosen articles as JSON (see windows.py).
package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

type article struct {
	GUID, URL, Headline, Abstract string
	Body                          string `json:"body_html"`
	Authors                       []struct{ Name, Email string }
	Sections, Keywords            []string
	Subjects                      []struct{ Name string }
	Published, Updated            time.Time
	Media                         []struct {
		Renditions []struct {
			Href, Type string
			Bytes      int
		}
	}
	Rights struct{ Notice string }
}

type feed struct {
	ID, Title, Description, Link string
	GUIDs                        []string `json:"guids"`
}

type input struct {
	Feeds    []feed
	Articles map[string]*article
}

type guid struct {
	IsPermaLink bool   `xml:"isPermaLink,attr"`
	Text        string `xml:",chardata"`
}

type domainTerm struct {
	Domain string `xml:"domain,attr,omitempty"`
	Text   string `xml:",chardata"`
}

type enclosure struct {
	URL    string `xml:"url,attr"`
	Length int    `xml:"length,attr"`
	Type   string `xml:"type,attr"`
}

type item struct {
	XMLName     xml.Name     `xml:"item"`
	Title       string       `xml:"title"`
	Link        string       `xml:"link"`
	GUID        guid         `xml:"guid"`
	Description string       `xml:"description"`
	Content     string       `xml:"content:encoded"`
	Creators    []string     `xml:"dc:creator"`
	Categories  []domainTerm `xml:"category"`
	Enclosure   enclosure    `xml:"enclosure"`
	PubDate     string       `xml:"pubDate"`
}

type link struct {
	Rel    string `xml:"rel,attr,omitempty"`
	Href   string `xml:"href,attr"`
	Length string `xml:"length,attr,omitempty"`
	Type   string `xml:"type,attr,omitempty"`
}

type rssDocument struct {
	XMLName     xml.Name `xml:"rss"`
	Version     string   `xml:"version,attr"`
	Content     string   `xml:"xmlns:content,attr"`
	DC          string   `xml:"xmlns:dc,attr"`
	Atom        string   `xml:"xmlns:atom,attr"`
	Title       string   `xml:"channel>title"`
	Link        string   `xml:"channel>link"`
	Description string   `xml:"channel>description"`
	Language    string   `xml:"channel>language"`
	Self        link     `xml:"channel>atom:link"`
	Built       string   `xml:"channel>lastBuildDate"`
	Items       []item   `xml:"channel>item"`
}

type person struct {
	Name  string `xml:"name"`
	Email string `xml:"email,omitempty"`
}

type typed struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

type term struct {
	Term   string `xml:"term,attr"`
	Scheme string `xml:"scheme,attr,omitempty"`
}

type entry struct {
	ID         string    `xml:"id"`
	Title      string    `xml:"title"`
	Published  time.Time `xml:"published"`
	Updated    time.Time `xml:"updated"`
	Authors    []person  `xml:"author"`
	Links      []link    `xml:"link"`
	Summary    string    `xml:"summary"`
	Content    typed     `xml:"content"`
	Categories []term    `xml:"category"`
	Rights     string    `xml:"rights"`
}

type atomDocument struct {
	XMLName  xml.Name  `xml:"http://www.w3.org/2005/Atom feed"`
	ID       string    `xml:"id"`
	Title    string    `xml:"title"`
	Subtitle string    `xml:"subtitle"`
	Links    []link    `xml:"link"`
	Updated  time.Time `xml:"updated"`
	Entries  []entry   `xml:"entry"`
}

const topicScheme = "http://cv.iptc.org/newscodes/mediatopic/"

func (a *article) terms() []term {
	var found []term
	for _, name := range a.Sections {
		found = append(found, term{Term: name})
	}
	for _, subject := range a.Subjects {
		found = append(found, term{Term: subject.Name, Scheme: topicScheme})
	}
	for _, name := range a.Keywords {
		found = append(found, term{Term: name})
	}
	return found
}

func (a *article) item() item {
	file := a.Media[0].Renditions[0]
	made := item{Title: a.Headline, Link: a.URL, GUID: guid{Text: a.GUID}, Description: a.Abstract, Content: a.Body,
		Enclosure: enclosure{file.Href, file.Bytes, file.Type}, PubDate: a.Published.Format(time.RFC1123Z)}
	for _, one := range a.Authors {
		made.Creators = append(made.Creators, one.Name)
	}
	for _, one := range a.terms() {
		made.Categories = append(made.Categories, domainTerm{one.Scheme, one.Term})
	}
	return made
}

func (a *article) entry() entry {
	file := a.Media[0].Renditions[0]
	made := entry{ID: a.GUID, Title: a.Headline, Published: a.Published, Updated: a.Updated, Summary: a.Abstract,
		Content: typed{"html", a.Body}, Categories: a.terms(), Rights: a.Rights.Notice,
		Links: []link{{Href: a.URL}, {Rel: "enclosure", Href: file.Href, Length: strconv.Itoa(file.Bytes), Type: file.Type}}}
	for _, one := range a.Authors {
		made.Authors = append(made.Authors, person{one.Name, one.Email})
	}
	return made
}

func rss(f *feed, articles []*article) rssDocument {
	made := rssDocument{Version: "2.0", Content: "http://purl.org/rss/1.0/modules/content/",
		DC: "http://purl.org/dc/elements/1.1/", Atom: "http://www.w3.org/2005/Atom", Title: f.Title, Link: f.Link,
		Description: f.Description, Language: "en-gb", Self: link{Rel: "self", Href: f.Link + "/feed"},
		Built: articles[0].Updated.Format(time.RFC1123Z)}
	for _, one := range articles {
		made.Items = append(made.Items, one.item())
	}
	return made
}

func atom(f *feed, articles []*article) atomDocument {
	made := atomDocument{ID: f.Link, Title: f.Title, Subtitle: f.Description, Updated: articles[0].Updated,
		Links: []link{{Href: f.Link}, {Rel: "self", Href: f.Link + "/feed"}}}
	for _, one := range articles {
		made.Entries = append(made.Entries, one.entry())
	}
	return made
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(path string, document interface{}) int {
	var data bytes.Buffer
	data.WriteString(xml.Header)
	must(xml.NewEncoder(&data).Encode(document))
	must(os.WriteFile(path+".new", data.Bytes(), 0o644))
	must(os.Rename(path+".new", path))
	return data.Len()
}

func main() {
	store := flag.String("store", "", "folder with windows.json")
	out := flag.String("out", "", "where the documents go")
	flag.Parse()
	started := time.Now()
	data, err := os.ReadFile(filepath.Join(*store, "windows.json"))
	must(err)
	var read input
	must(json.Unmarshal(data, &read))
	must(os.MkdirAll(*out, 0o755))
	size := 0
	for i := range read.Feeds {
		one := &read.Feeds[i]
		var articles []*article
		for _, name := range one.GUIDs {
			articles = append(articles, read.Articles[name])
		}
		size += write(filepath.Join(*out, one.ID+".rss"), rss(one, articles))
		size += write(filepath.Join(*out, one.ID+".atom"), atom(one, articles))
	}
	fmt.Printf("{\"inside\": %f, \"documents\": %d, \"bytes\": %d}\n", time.Since(started).Seconds(), 2*len(read.Feeds), size)
}
