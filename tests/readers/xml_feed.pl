# One poll with Perl's XML::Feed: ADDRESS [TAG DATE]; prints JSON: tag, date, and the entries, or null when unchanged.
use strict;
use warnings;
use JSON::PP;
use URI::Fetch;
use XML::Feed;

$XML::Atom::ForceUnicode = 1;    # else XML::Atom gives titles and summaries as bytes
my ($address, $tag, $date) = @ARGV;
my $got = URI::Fetch->fetch($address, ETag => $tag, LastModified => $date) or die URI::Fetch->errstr;
my %said = (tag => $got->etag, date => $got->last_modified, entries => undef);
if ($got->status != URI::Fetch::URI_NOT_MODIFIED()) {
    my $feed = XML::Feed->parse(\$got->content) or die XML::Feed->errstr;
    $said{entries} = [map { entry($_) } $feed->entries];
}
print JSON::PP->new->ascii->canonical->encode(\%said);

sub entry {
    my ($entry) = @_;
    my ($enclosure) = $entry->enclosure;
    my $author = $entry->author;
    return {
        id        => $entry->id,
        title     => $entry->title,
        link      => $entry->link,
        published => when($entry->issued),
        updated   => when($entry->modified),
        author    => ref $author ? join(', ', @$author) : $author,
        text      => $entry->content->body,
        enclosure => $enclosure ? $enclosure->url : undef,
    };
}

sub when {
    my ($moment) = @_;
    return $moment ? $moment->clone->set_time_zone('UTC')->strftime('%Y-%m-%dT%H:%M:%SZ') : undef;
}
